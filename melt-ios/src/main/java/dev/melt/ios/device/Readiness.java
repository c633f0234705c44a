package dev.melt.ios.device;

import dev.melt.core.device.Check;
import java.util.List;
import java.util.Optional;

/**
 * What was looked at between a phone and a run on it.
 *
 * @param checks in the order in which a person would mend them
 * @param app MELT's app, once it was found
 */
record Readiness(List<Check> checks, Optional<MeltApp> app) {
    Readiness {
        checks = List.copyOf(checks);
    }

    /** The first thing without which nothing runs. */
    Optional<Check> blocking() {
        return first(Check.State.BLOCKING);
    }

    /** The first thing without which less can be done. */
    Optional<Check> limiting() {
        return first(Check.State.LIMITED);
    }

    private Optional<Check> first(Check.State state) {
        return checks.stream().filter(check -> check.state() == state).findFirst();
    }
}
