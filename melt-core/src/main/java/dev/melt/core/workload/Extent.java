package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a sustained run goes on. */
public sealed interface Extent {
    /** For a time, written {@code 90s}, {@code 10min} or {@code 2h}; a second to a week. */
    record Time(Duration duration) implements Extent {
        private static final long LONGEST_SECONDS = Duration.ofDays(7).toSeconds();

        public Time {
            requireNonNull(duration, "duration");
            Limits.check("seconds of a sustained run", duration.toSeconds(), 1, LONGEST_SECONDS);
        }

        @Override
        public String toString() {
            long seconds = duration.toSeconds();
            if (seconds % 3600 == 0) {
                return seconds / 3600 + "h";
            }
            return seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
        }
    }

    /** For a number of turns, written {@code 48turns}. */
    record Turns(int count) implements Extent {
        public Turns {
            Limits.check("turns of a sustained run", count, 1, Limits.MOST_TURNS);
        }

        @Override
        public String toString() {
            return count + "turns";
        }
    }

    /** Reads the written form; empty when the text has another. */
    static Optional<Extent> parse(String text) {
        Matcher form = Pattern.compile("([0-9]{1,9})(s|min|h|turns)").matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "s" -> new Time(Duration.ofSeconds(number));
                    case "min" -> new Time(Duration.ofMinutes(number));
                    case "h" -> new Time(Duration.ofHours(number));
                    default -> new Turns(number);
                });
    }
}
