package dev.melt.core.prepare;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads settings that were just changed: a service may take a moment until it shows what it was told. */
record SettledReading(Supplier<Map<String, Optional<String>>> reading) {
    private static final int LOOKS = 4;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /** The first reading that is as wanted, else the last one. */
    Map<String, Optional<String>> until(Predicate<Map<String, Optional<String>>> wanted) {
        Map<String, Optional<String>> now = reading.get();
        for (int look = 1; look < LOOKS && !wanted.test(now) && pause(); look++) {
            now = reading.get();
        }
        return now;
    }

    /** False when somebody wants the thread to end. */
    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
