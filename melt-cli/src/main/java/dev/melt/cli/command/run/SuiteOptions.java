package dev.melt.cli.command.run;

import dev.melt.cli.Session;
import dev.melt.core.config.ConfigKind;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.Suite;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a suite says for options that were not given.
 *
 * @param suite empty where none was asked for
 */
record SuiteOptions(Optional<Suite> suite) {
    /**
     * Reads the suite of a name or a path.
     *
     * @throws InvalidInputException when there is none, or it is not well-formed
     */
    static SuiteOptions of(Session session, Optional<String> name) {
        return new SuiteOptions(name.map(given -> read(session, given)));
    }

    private static Suite read(Session session, String given) {
        return given.contains("/") || given.endsWith(".yaml")
                ? session.configs().load(ConfigKind.SUITES, session.path("--suite", given), Suite.class)
                : session.configs().load(ConfigKind.SUITES, given, Suite.class);
    }

    List<String> devices() {
        return suite.flatMap(Suite::devices).orElse(List.of());
    }

    /** Those that were typed, else the suite's. */
    List<String> models(List<String> typed) {
        List<String> models = typed.isEmpty() ? suite.flatMap(Suite::models).orElse(List.of()) : typed;
        if (models.isEmpty()) {
            throw new InvalidInputException(
                    "--model", "a model needed", "none was given", "'melt models list' shows what there is");
        }
        return models;
    }

    String engine(String usual) {
        return suite.flatMap(Suite::engine).orElse(usual);
    }

    List<String> workloads(String usual) {
        return suite.flatMap(Suite::workloads).orElse(List.of(usual));
    }

    Sweep sweep() {
        Map<String, List<String>> axes = suite.flatMap(Suite::sweep).orElse(Map.of());
        return new Sweep(axes);
    }
}
