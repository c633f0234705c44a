package dev.melt.virtual.ios.app;

import java.util.List;

/** What {@code job.json} asks for. */
sealed interface AppJob {
    /** Hash a stored file and mark it. */
    record Seal(String sha256, String name) implements AppJob {}

    /**
     * Run a request.
     *
     * @param keys what is sampled, a cell each
     */
    record Trial(
            String id, long periodMicros, long idleMillis, long deadlineMillis, long graceMillis, List<String> keys)
            implements AppJob {
        public Trial {
            keys = List.copyOf(keys);
        }
    }

    /** A trial that has a name and cannot be carried out. */
    record Refused(String trialId, String why) implements AppJob {}

    /** Nothing to do that could be told of. */
    record Nothing(String why) implements AppJob {}
}
