package dev.melt.cli;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that every command takes, before or after its name. Declared by hand and not by annotations: reading those
 * would be a third of the time of a start.
 */
final class GlobalOptions {
    private @Nullable String home;
    private @Nullable String configs;
    private boolean noColor;
    private boolean quiet;

    Optional<String> home() {
        return Optional.ofNullable(home);
    }

    Optional<String> configs() {
        return Optional.ofNullable(configs);
    }

    boolean noColor() {
        return noColor;
    }

    boolean quiet() {
        return quiet;
    }

    /**
     * Lets a command understand them.
     *
     * @param shown whether its help text lists them; only that of {@code melt} itself does
     */
    void addTo(CommandSpec spec, boolean shown) {
        spec.addOption(
                text("--home", "DIR", "where MELT keeps its state (or MELT_HOME; default: ~/.melt)", shown, v -> {
                    home = v;
                }));
        spec.addOption(text("--configs", "DIR", "a folder of configurations, before the shipped ones", shown, v -> {
            configs = v;
        }));
        spec.addOption(flag("--no-color", "no colours (or NO_COLOR)", shown, () -> noColor = true));
        spec.addOption(flag("--quiet", "no progress, only results and errors", shown, () -> quiet = true));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("show this help")
                .build());
        if (shown) {
            spec.addOption(OptionSpec.builder("-V", "--version")
                    .type(boolean.class)
                    .versionHelp(true)
                    .description("show version and commit")
                    .build());
        }
    }

    private static OptionSpec text(String name, String label, String about, boolean shown, Consumer<String> then) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(about)
                .hidden(!shown)
                .setter(new Setter<>(String.class, then))
                .build();
    }

    private static OptionSpec flag(String name, String about, boolean shown, Runnable then) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(about)
                .hidden(!shown)
                .setter(new Setter<>(Boolean.class, on -> {
                    if (on) {
                        then.run();
                    }
                }))
                .build();
    }

    /** Takes what was typed; picocli's resetting before each level of commands must not undo what an earlier one took. */
    private record Setter<T>(Class<T> type, Consumer<T> then) implements picocli.CommandLine.Model.ISetter {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's signature
        public <V> @Nullable V set(@Nullable V value) {
            if (value != null) {
                then.accept(type.cast(value));
            }
            return null;
        }
    }
}
