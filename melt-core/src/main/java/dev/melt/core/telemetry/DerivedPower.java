package dev.melt.core.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Power where a device has none of its own to offer: from an energy counter's differences, or volts times amperes. */
final class DerivedPower {
    private DerivedPower() {}

    /** Those series of power that can be had from {@code measured} and are not in it. */
    static List<Series> of(List<Series> measured) {
        List<Series> derived = new ArrayList<>();
        for (Series series : measured) {
            Channel channel = series.channel();
            if (find(measured, "power", channel.site()).isPresent()) {
                continue;
            }
            if (channel.quantity().equals("energy")) {
                derived.add(slope(series));
            } else if (channel.quantity().equals("current")) {
                find(measured, "voltage", channel.site()).ifPresent(voltage -> derived.add(product(series, voltage)));
            }
        }
        return derived;
    }

    private static Optional<Series> find(List<Series> series, String quantity, String site) {
        return series.stream()
                .filter(s -> s.channel().quantity().equals(quantity)
                        && s.channel().site().equals(site))
                .findFirst();
    }

    /** Mean power between neighbours, stamped in the middle: the point at which a trapezoid gives the energy back. */
    private static Series slope(Series energy) {
        int n = Math.max(0, energy.size() - 1);
        long[] times = new long[n];
        double[] watts = new double[n];
        for (int i = 0; i < n; i++) {
            long from = energy.atNanos()[i];
            long to = energy.atNanos()[i + 1];
            times[i] = from + (to - from) / 2;
            watts[i] = (energy.values()[i + 1] - energy.values()[i]) / ((to - from) / 1e9);
        }
        return new Series(
                power(energy.channel(), "difference of " + energy.channel().source()), times, watts);
    }

    private static Series product(Series current, Series voltage) {
        long[] times = new long[Math.min(current.size(), voltage.size())];
        double[] watts = new double[times.length];
        int n = 0;
        int v = 0;
        for (int c = 0; c < current.size(); c++) {
            while (v < voltage.size() && voltage.atNanos()[v] < current.atNanos()[c]) {
                v++;
            }
            if (v < voltage.size() && voltage.atNanos()[v] == current.atNanos()[c]) {
                times[n] = current.atNanos()[c];
                watts[n++] = current.values()[c] * voltage.values()[v];
            }
        }
        Channel channel = power(
                current.channel(), "volts times amperes of " + current.channel().source());
        return new Series(channel, Arrays.copyOf(times, n), Arrays.copyOf(watts, n));
    }

    private static Channel power(Channel of, String source) {
        return new Channel("power", of.site(), Unit.WATT, source);
    }
}
