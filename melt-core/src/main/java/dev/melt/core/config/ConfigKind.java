package dev.melt.core.config;

import java.util.Locale;

/** What a configuration file describes; each kind has a folder of that name and a JSON Schema in it. */
public enum ConfigKind {
    DEVICES("device"),
    MODELS("model"),
    ENGINES("engine"),
    BUNDLES("bundle"),
    WORKLOADS("workload"),
    SUITES("suite");

    private final String noun;

    ConfigKind(String noun) {
        this.noun = noun;
    }

    /** The folder below a directory of configurations. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word for one of them in a message. */
    public String noun() {
        return noun;
    }
}
