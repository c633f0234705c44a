package dev.melt.ios.device;

import dev.melt.core.device.Check;
import dev.melt.core.problem.PlainText;
import dev.melt.ios.parse.ToolError;
import java.time.Instant;
import java.util.Optional;

/** What can stand between a phone and a run, in words, with what a person has to do. */
final class Hindrances {
    static final Check DEVELOPER_MODE_OFF = Check.blocking(
            "developer mode",
            "developer mode is off",
            "switch it on under Settings, Privacy & Security, Developer Mode; the phone restarts");

    static final Check NO_TUNNEL = Check.blocking(
            "launch",
            "from iOS 17 on an app is started through a tunnel, and no program is here that builds one",
            "install pymobiledevice3 (pipx install pymobiledevice3) or go-ios, or use a Mac with Xcode 15 (devicectl)");

    static final Check NO_IMAGE = Check.blocking(
            "developer image",
            "no developer image is mounted",
            "mount the one for this iOS: ideviceimagemounter DeveloperDiskImage.dmg DeveloperDiskImage.dmg.signature");

    static final Check NOT_FOR_DEVELOPMENT = Check.blocking(
            "signature",
            "the app is not signed for development (get-task-allow)",
            "sign it with a development profile and install it again; docs/how-to/ios-app.md");

    static final Check LITTLE_MEMORY = Check.limited(
            "memory",
            "the app has no increased-memory entitlement: iOS ends it at about half of the phone's memory",
            "sign it with com.apple.developer.kernel.increased-memory-limit for models of more than 1 or 2 GB");

    private Hindrances() {}

    static Check noUsbmuxd(String address) {
        return Check.blocking(
                "usbmuxd",
                "no usbmuxd answers at " + address,
                "start it: systemctl start usbmuxd, or apt-get install usbmuxd; see that its socket may be used by you");
    }

    static Check noApp(Optional<String> wanted) {
        return Check.blocking(
                "app",
                wanted.map(id -> "no app " + id + " that is MELT's is installed")
                        .orElse("MELT's app is not installed"),
                "build it, sign it and install it: ideviceinstaller -i MeltAgent.ipa; docs/how-to/ios-app.md");
    }

    static Check expired(Instant end) {
        return Check.blocking(
                "signature",
                "the app's signature expired at " + end,
                "sign it again and install it; with a free account that is due every seven days");
    }

    /** Why a phone does not say who it is. */
    static Check pairing(ToolError error) {
        return of("pairing", error);
    }

    /** What a program's complaint means. */
    static Check of(String subject, ToolError error) {
        String said = PlainText.oneLine(error.words());
        return switch (error.kind()) {
            case NO_DAEMON -> noUsbmuxd("its socket");
            case NO_DEVICE -> Check.blocking(subject, "the phone is not attached any more", "plug it in again");
            case TRUST_PENDING ->
                Check.blocking(
                        subject,
                        "the phone asks whether to trust this computer",
                        "unlock it, tap Trust and type its passcode; then again");
            case TRUST_DENIED ->
                Check.blocking(
                        subject,
                        "somebody tapped Don't Trust on the phone",
                        "unlock it, then: idevicepair pair, and tap Trust");
            case UNPAIRED ->
                Check.blocking(
                        subject, "it is not paired with this host", "unlock it, then: idevicepair pair, and tap Trust");
            case INVALID_HOST ->
                Check.blocking(
                        subject,
                        "the phone has forgotten the pairing with this host",
                        "idevicepair unpair, then idevicepair pair, and tap Trust");
            case LOCKED ->
                Check.blocking(
                        subject,
                        "the phone is locked",
                        "unlock it, and for runs set Auto-Lock to Never under Settings, Display & Brightness");
            case DEVELOPER_MODE_OFF -> DEVELOPER_MODE_OFF;
            case NO_DEVELOPER_IMAGE -> NO_IMAGE;
            case TIMED_OUT ->
                Check.blocking(
                        subject,
                        "the phone does not answer",
                        "unlock it and plug it in again; restart it if that does not help");
            default -> Check.blocking(subject, said.isEmpty() ? "it does not say why" : said, "see 'melt doctor ios'");
        };
    }
}
