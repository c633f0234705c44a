package dev.melt.android.adb;

import dev.melt.core.device.DeviceProfile.Match;
import dev.melt.core.problem.Wildcard;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a device that is attached is the one that a profile means. {@code *} stands for anything. The server's list writes every odd
 * character of a product or model as {@code _}, so that those count the same as it.
 */
record ProfileMatch(Match match) {
    /**
     * Compares everything that the profile names.
     *
     * @param soc asks the device; used only where the profile names one and the rest fits
     */
    boolean fits(AdbDevice device, Supplier<Optional<String>> soc) {
        return fits(match.serial(), Optional.of(device.serial()))
                && (fits(match.product(), device.word("product")) || fits(match.product(), device.word("device")))
                && fits(match.model(), device.word("model"))
                && (match.soc().isEmpty() || fits(match.soc(), soc.get()));
    }

    private static boolean fits(Optional<String> wanted, Optional<String> found) {
        return wanted.isEmpty()
                || found.filter(word -> new Wildcard(wanted.get()).matches(word))
                        .isPresent();
    }
}
