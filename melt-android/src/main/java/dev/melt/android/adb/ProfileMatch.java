package dev.melt.android.adb;

import dev.melt.core.device.DeviceProfile.Match;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
                || found.map(ProfileMatch::plain)
                        .filter(word -> pattern(wanted.get()).matcher(word).matches())
                        .isPresent();
    }

    private static Pattern pattern(String wanted) {
        String form = Arrays.stream(wanted.split("\\*", -1))
                .map(part -> Pattern.quote(plain(part)))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(form);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }
}
