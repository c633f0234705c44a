package dev.melt.virtual.machine;

import java.util.List;

/**
 * One clock whose limits root may set.
 *
 * @param prefix of its files: {@code PREFIXmin_freq}, {@code PREFIXmax_freq}, {@code PREFIXcur_freq}, {@code PREFIXgovernor}
 * @param steps the frequencies that it has, from low to high, in the unit of the files
 * @param governors the usual one first
 */
public record ClockDomain(String prefix, List<Long> steps, List<String> governors) {
    public ClockDomain {
        steps = List.copyOf(steps);
        governors = List.copyOf(governors);
        if (steps.isEmpty() || governors.isEmpty()) {
            throw new IllegalArgumentException(prefix + ": a clock has frequencies and a governor");
        }
    }

    /** The lowest frequency. */
    public long lowest() {
        return steps.get(0);
    }

    /** The highest frequency. */
    public long highest() {
        return steps.get(steps.size() - 1);
    }

    /** The largest step that is not above a share of the highest one. */
    public long step(double share) {
        long wanted = Math.round(highest() * share);
        return steps.stream().filter(step -> step <= wanted).reduce((a, b) -> b).orElse(lowest());
    }
}
