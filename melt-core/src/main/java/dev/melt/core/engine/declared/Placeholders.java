package dev.melt.core.engine.declared;

import dev.melt.core.engine.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The names that may stand in braces. */
final class Placeholders {
    static final String MODEL = "model";
    static final String BUNDLE = "bundle";
    static final String REQUEST = "request";
    static final String EVENTS = "events";
    static final String PROMPT_FILE = "prompt_file";
    static final String PROMPT_TOKENS = "prompt_tokens";
    static final String GENERATE = "generate";
    static final String DEPTH = "depth";
    static final String SETTINGS = "settings";
    static final String VALUE = "value";

    /** Before the name of a file of the bundle. */
    static final String TOOL = "tool:";

    /** Before the key of a fact of the device. */
    static final String DEVICE = "device:";

    private static final List<String> PLAIN =
            List.of(MODEL, BUNDLE, REQUEST, EVENTS, PROMPT_FILE, PROMPT_TOKENS, GENERATE, DEPTH, SETTINGS);

    private Placeholders() {}

    static boolean isKnown(String name) {
        return name.startsWith(TOOL) || name.startsWith(DEVICE) || all().contains(name);
    }

    /** Those without a colon. */
    static List<String> all() {
        return Stream.concat(PLAIN.stream(), Arrays.stream(Setting.values()).map(Setting::key))
                .toList();
    }
}
