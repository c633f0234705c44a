package dev.melt.core.telemetry;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of a device's many temperatures is which: makers name their sensors as they like.
 *
 * <p>{@link #skin} is what a hand on the case feels, and what the system throttles by.
 */
public final class HeatSites {
    private static final String TEMPERATURE = "temperature";

    /**
     * Names of the skin, the best first: what the system itself computes for the case and throttles by; then a thermistor that is
     * said to be the case's; then one on the board that sees no chip, which makers use in its place.
     */
    private static final List<String> SKIN = List.of(
            "virtual-skin", // Pixel: computed from several thermistors
            "skin", // what Android's thermal service calls it on most devices
            "skin-therm",
            "xo-skin-therm",
            "mtktsskin",
            "case-therm",
            "back-temp",
            "shell-front",
            "quiet-therm", // Qualcomm: a quiet place of the board
            "mtktsap"); // MediaTek: the thermistor beside the application processor

    private HeatSites() {}

    /** The temperature of the case; empty where no channel has a name that is known to be one. */
    public static Optional<Channel> skin(Collection<Channel> channels) {
        return SKIN.stream()
                .flatMap(name -> channels.stream().filter(channel -> isTemperature(channel) && isCalled(name, channel)))
                .findFirst();
    }

    /** The temperature of the battery, from its own gauge. */
    public static Optional<Channel> battery(Collection<Channel> channels) {
        return channels.stream()
                .filter(channel -> channel.name().equals(TEMPERATURE + "/battery"))
                .findFirst();
    }

    private static boolean isTemperature(Channel channel) {
        return channel.quantity().equals(TEMPERATURE);
    }

    /** Qualcomm's kernels add {@code -usr} or {@code -adc} to a thermistor's name; one of several may have a number behind it. */
    private static boolean isCalled(String name, Channel channel) {
        String site = channel.site().toLowerCase(Locale.ROOT).replace('_', '-');
        return site.replaceFirst("-(usr|adc)$", "").equals(name) || site.matches(name + "[-#.]?[0-9]{1,2}");
    }
}
