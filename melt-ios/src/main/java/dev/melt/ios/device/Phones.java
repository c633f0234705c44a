package dev.melt.ios.device;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.device.DriverContext;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Wildcard;
import dev.melt.ios.mux.Usbmux;
import dev.melt.ios.mux.UsbmuxAddress;
import dev.melt.ios.tool.IdeviceTool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The phones that usbmuxd shows, and which of them a name means. */
final class Phones {
    static final String NAME = "usbmux";

    private static final String UDID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{16}|[0-9a-fA-F]{40}";

    private final IdeviceTool tool;
    private final Usbmux usbmux;
    private final SortedMap<String, DeviceProfile> profiles;

    Phones(DriverContext context) {
        this.tool = new IdeviceTool(context.environment());
        this.usbmux = new Usbmux(UsbmuxAddress.of(context.environment()));
        this.profiles = context.profiles().get();
    }

    static boolean isUdid(String name) {
        return name.matches(UDID);
    }

    IdeviceTool tool() {
        return tool;
    }

    Usbmux usbmux() {
        return usbmux;
    }

    /** Empty where no usbmuxd runs. */
    Optional<List<Usbmux.Attached>> attached() {
        try {
            return Optional.of(usbmux.devices());
        } catch (DeviceException noDaemon) {
            return Optional.empty();
        }
    }

    /** Looks at all phones at once. */
    List<Phone> examined(List<Usbmux.Attached> attached) {
        return attached.stream().parallel().map(this::examine).toList();
    }

    Phone examine(Usbmux.Attached one) {
        return new Examination(tool, usbmux, one).whole();
    }

    /** The one profile that means a phone and no other that is attached; else its UDID. */
    String nameOf(Phone phone, List<Phone> all) {
        List<String> names = profiles.entrySet().stream()
                .filter(entry -> entry.getValue().match().isPresent()) // not the one for whatever is attached
                .filter(entry -> isMeant(entry.getValue(), phone))
                .filter(entry -> all.stream()
                                .filter(other -> isMeant(entry.getValue(), other))
                                .count()
                        == 1)
                .map(Map.Entry::getKey)
                .toList();
        return names.size() == 1 ? names.get(0) : phone.attached().udid();
    }

    /**
     * The phone that a name means.
     *
     * @throws InvalidInputException when it means none or several
     */
    Usbmux.Attached named(String name) {
        List<Usbmux.Attached> there = attached()
                .orElseThrow(() -> problem(
                        name,
                        "a running usbmuxd needed",
                        Hindrances.noUsbmuxd(usbmux.address().text()).found(),
                        Hindrances.noUsbmuxd(usbmux.address().text()).remedy().orElse("")));
        if (isUdid(name)) {
            return there.stream()
                    .filter(one -> one.udid().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> missing(name, there));
        }
        DeviceProfile profile = Optional.ofNullable(profiles.get(name)).orElseThrow(() -> missing(name, there));
        List<Phone> introduced = there.stream()
                .parallel()
                .map(one -> new Examination(tool, usbmux, one).introduction())
                .toList();
        List<Phone> meant =
                introduced.stream().filter(phone -> isMeant(profile, phone)).toList();
        if (meant.size() > 1) {
            throw problem(
                    name,
                    "one phone needed",
                    "it could be "
                            + meant.stream()
                                    .map(phone -> phone.attached().udid())
                                    .collect(Collectors.joining(" or ")),
                    "unplug one, or give the UDID: --device "
                            + meant.get(0).attached().udid());
        }
        if (meant.isEmpty()) {
            silent(name, introduced);
            throw missing(name, there);
        }
        return meant.get(0).attached();
    }

    /** A phone that does not say who it is may be the one that is meant. */
    private static void silent(String name, List<Phone> introduced) {
        introduced.stream()
                .filter(phone -> phone.info().isEmpty())
                .findFirst()
                .flatMap(phone -> phone.hindrances().blocking())
                .ifPresent(hindrance -> {
                    throw problem(
                            name,
                            "a phone that says who it is needed",
                            hindrance.found(),
                            hindrance.remedy().orElse("see 'melt doctor ios'"));
                });
    }

    private static boolean isMeant(DeviceProfile profile, Phone phone) {
        return profile.driver().equals(NAME)
                && profile.match()
                        .map(match -> fits(
                                        match.serial(),
                                        Optional.of(phone.attached().udid()))
                                && fits(match.product(), phone.product())
                                && fits(match.model(), phone.model())
                                && fits(
                                        match.soc(),
                                        Optional.ofNullable(phone.facts().get("soc"))))
                        .orElse(true);
    }

    private static boolean fits(Optional<String> wanted, Optional<String> found) {
        return wanted.isEmpty()
                || found.filter(word -> new Wildcard(wanted.get()).matches(word))
                        .isPresent();
    }

    private static InvalidInputException missing(String name, List<Usbmux.Attached> there) {
        return problem(
                name,
                "a phone that it fits needed",
                there.isEmpty()
                        ? "no iPhone or iPad is attached"
                        : "attached: "
                                + there.stream().map(Usbmux.Attached::udid).collect(Collectors.joining(", ")),
                "plug it in and unlock it; 'melt devices' shows what is seen, 'melt doctor ios' what is missing");
    }

    private static InvalidInputException problem(String name, String expectation, String finding, String remedy) {
        return new InvalidInputException("--device " + name, expectation, finding, remedy);
    }
}
