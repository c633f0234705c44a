package dev.melt.core.run;

import dev.melt.core.telemetry.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Compares what was observed on a device with the limits of a gate. */
final class Gate {
    private final GateLimits limits;

    Gate(GateLimits limits) {
        this.limits = limits;
    }

    /**
     * What came of one look.
     *
     * @param unmet limits that do not hold, each in words with both figures
     * @param unreadable limits whose value this device does not report
     */
    record Verdict(List<String> unmet, List<String> unreadable) {
        boolean open() {
            return unmet.isEmpty();
        }
    }

    /**
     * Judges the newest observation.
     *
     * @param observations so far, oldest first; the slope is taken over all of them
     */
    Verdict judge(List<Observation> observations) {
        Observation now = observations.get(observations.size() - 1);
        Verdict verdict = new Verdict(new ArrayList<>(), new ArrayList<>());
        atMost(verdict, "temperature", "degC", limits.maxTemperatureCelsius(), now.max("temperature"));
        atMost(verdict, "temperature rise", "degC/min", limits.maxRiseCelsiusPerMinute(), rise(observations));
        atMost(verdict, "utilisation", "", limits.maxUtilisation(), now.value("utilisation/all"));
        atLeast(verdict, "battery charge", "", limits.minBatteryShare(), now.value("level/battery"));
        atLeast(verdict, "available memory", "B", limits.minFreeMemoryBytes(), now.value("memory/available"));
        return verdict;
    }

    private static OptionalDouble rise(List<Observation> observations) {
        Observation first = observations.get(0);
        Observation last = observations.get(observations.size() - 1);
        OptionalDouble from = first.max("temperature");
        OptionalDouble to = last.max("temperature");
        double minutes = (last.atNanos() - first.atNanos()) / 60e9;
        if (from.isEmpty() || to.isEmpty() || minutes <= 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((to.getAsDouble() - from.getAsDouble()) / minutes);
    }

    private static void atMost(Verdict verdict, String what, String unit, OptionalDouble limit, OptionalDouble value) {
        if (limit.isPresent()) {
            note(verdict, what, unit, "at most", limit.getAsDouble(), value, -1);
        }
    }

    private static void atLeast(Verdict verdict, String what, String unit, OptionalDouble limit, OptionalDouble value) {
        if (limit.isPresent()) {
            note(verdict, what, unit, "at least", limit.getAsDouble(), value, 1);
        }
    }

    private static void note(
            Verdict verdict,
            String what,
            String unit,
            String relation,
            double limit,
            OptionalDouble value,
            int direction) {
        if (value.isEmpty()) {
            verdict.unreadable().add(what);
        } else if (direction * (value.getAsDouble() - limit) < 0) {
            verdict.unmet()
                    .add(String.format(
                            Locale.ROOT,
                            "%s %.4g %s, %s %.4g needed",
                            what,
                            value.getAsDouble(),
                            unit,
                            relation,
                            limit));
        }
    }
}
