package dev.melt.ios.device;

import dev.melt.core.device.Check;
import dev.melt.ios.launch.Launcher;
import dev.melt.ios.launch.Launchers;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.mux.Usbmux;
import dev.melt.ios.parse.IdeviceInfo;
import dev.melt.ios.parse.InstalledApps;
import dev.melt.ios.parse.ToolError;
import dev.melt.ios.tool.IdeviceTool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Walks the way from a cable to an app that runs, and says at each step how it stands. Stops where nothing further can be seen. Used once.
 */
final class Examination {
    private static final int DEVELOPER_MODE_FROM = 16;

    private final IdeviceTool tool;
    private final Usbmux usbmux;
    private final Usbmux.Attached attached;
    private final Asking asking;
    private final List<Check> checks = new ArrayList<>();

    Examination(IdeviceTool tool, Usbmux usbmux, Usbmux.Attached attached) {
        this.tool = tool;
        this.usbmux = usbmux;
        this.attached = attached;
        this.asking = new Asking(tool, attached.udid());
    }

    /** Only who it is, and why it does not say so. */
    Phone introduction() {
        Asking.Told<IdeviceInfo> told = asking.info();
        told.error().ifPresent(error -> checks.add(Hindrances.pairing(error)));
        return new Phone(attached, told.answer(), new Readiness(checks, Optional.empty()));
    }

    /** The whole way. */
    Phone whole() {
        Phone phone = introduction();
        if (phone.info().isEmpty()) {
            return phone;
        }
        checks.add(Check.good(
                "pairing", phone.model().orElse("a phone") + " with iOS " + phone.ios() + " trusts this host"));
        developerMode(phone.ios());
        developerServices(phone);
        Optional<MeltApp> app = app();
        app.ifPresent(this::look);
        return new Phone(attached, phone.info(), new Readiness(checks, app));
    }

    private void developerMode(String ios) {
        if (Launchers.major(ios) < DEVELOPER_MODE_FROM) {
            return;
        }
        Optional<Boolean> on = asking.developerMode();
        if (on.isEmpty()) {
            checks.add(Check.limited(
                    "developer mode",
                    "the phone does not say whether it is on",
                    "look under Settings, Privacy & Security"));
        } else {
            checks.add(on.get() ? Check.good("developer mode", "on") : Hindrances.DEVELOPER_MODE_OFF);
        }
    }

    private void developerServices(Phone phone) {
        boolean tunnel = Launchers.major(phone.ios()) >= Launchers.TUNNEL_FROM;
        Optional<Launcher> launcher =
                Launchers.choose(phone.ios(), new PhoneLink(usbmux, attached.udid(), attached.udid()), tool);
        if (tunnel) {
            checks.add(launcher.map(found -> Check.good("launch", "by " + found.name()))
                    .orElse(Hindrances.NO_TUNNEL));
            return;
        }
        Asking.Told<Boolean> image = asking.developerImage();
        checks.add(image.error()
                .map(Examination::unseenImage)
                .orElseGet(() ->
                        image.answer().orElse(false) ? Check.good("developer image", "mounted") : Hindrances.NO_IMAGE));
    }

    /** What cannot be looked at may be there all the same; the launch will show. */
    private static Check unseenImage(ToolError error) {
        return error.kind() == ToolError.Kind.OTHER
                ? Check.limited(
                        "developer image",
                        "it cannot be told whether one is mounted: " + error.words(),
                        "see that it is")
                : Hindrances.of("developer image", error);
    }

    private Optional<MeltApp> app() {
        Asking.Told<InstalledApps> told = asking.apps();
        if (told.error().isPresent()) {
            checks.add(Hindrances.of("apps", told.error().get()));
            return Optional.empty();
        }
        Optional<String> wanted = Optional.ofNullable(tool.environment().get(MeltApp.VARIABLE));
        List<MeltApp> found = MeltApp.among(told.answer().orElseThrow(), wanted);
        if (found.isEmpty()) {
            checks.add(Hindrances.noApp(wanted));
        } else if (found.size() > 1) {
            checks.add(Check.blocking(
                    "app",
                    found.size() + " apps of MELT's are installed",
                    "name one: " + MeltApp.VARIABLE + "="
                            + found.stream().map(MeltApp::id).collect(Collectors.joining(" or "))));
        } else if (!found.get(0).isOfThisProtocol()) {
            checks.add(Check.blocking(
                    "app",
                    found.get(0).id() + " speaks another protocol than this MELT",
                    "build and install the app that belongs to this MELT: melt-ios/agent"));
        } else {
            checks.add(Check.good(
                    "app",
                    found.get(0).id() + " " + found.get(0).app().version().orElse("")));
            return Optional.of(found.get(0));
        }
        return Optional.empty();
    }

    private void look(MeltApp app) {
        if (!app.sharesFiles()) {
            checks.add(Check.blocking(
                    "app's files",
                    "the app does not share its Documents",
                    "set UIFileSharingEnabled in its Info.plist, and install it again"));
        }
        if (app.isForDevelopment().equals(Optional.of(false))) {
            checks.add(Hindrances.NOT_FOR_DEVELOPMENT);
        }
        new Signature(tool, attached.udid()).expires(app.id()).ifPresent(end -> {
            boolean over = end.isBefore(Instant.now());
            checks.add(over ? Hindrances.expired(end) : Check.good("signature", "until " + end));
        });
        if (app.mayTakeMoreMemory().equals(Optional.of(false))) {
            checks.add(Hindrances.LITTLE_MEMORY);
        }
    }
}
