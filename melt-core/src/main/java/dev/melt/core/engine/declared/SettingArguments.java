package dev.melt.core.engine.declared;

import java.util.List;
import java.util.Map;

/** How a setting reaches an engine. */
sealed interface SettingArguments {
    /** In {@code request.json}, under its own key. */
    record InRequest() implements SettingArguments {}

    /** By words on the command line, in which {@code {value}} is replaced. */
    record Always(List<String> words) implements SettingArguments {
        public Always {
            words = List.copyOf(words);
        }
    }

    /** By other words for each value, as flags that stand or are left out are. */
    record ByValue(Map<String, List<String>> words) implements SettingArguments {
        public ByValue {
            words = Map.copyOf(words);
        }
    }

    /** Only where the command names it as a placeholder. */
    record InCommand() implements SettingArguments {}
}
