package dev.melt.core.engine.declared;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Setting;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One file of {@code configs/engines}. docs/how-to/add-an-engine.md describes it.
 *
 * @param name the file's name without its ending: the word after {@code --engine}
 * @param source the file, as messages show it
 * @param sha256 of what it says: a build is another one when its command is
 * @param about in one line
 * @param command the argument array with placeholders
 * @param environment with placeholders in the values
 * @param tools files that the bundle must have, by name without folders
 * @param bundle whether files are brought onto the device; otherwise the command starts what is there
 * @param eventsFile where the engine writes its event lines; empty for its standard output
 * @param settings how each setting that the engine takes reaches it
 * @param defaults values that are handed over where a person gives none, with placeholders for facts of the device
 * @param abilities what it understands of a request
 */
record EngineDeclaration(
        String name,
        String source,
        String sha256,
        String about,
        List<String> command,
        Map<String, String> environment,
        List<String> tools,
        boolean bundle,
        Optional<String> eventsFile,
        Map<Setting, SettingArguments> settings,
        Map<Setting, String> defaults,
        Set<Ability> abilities) {
    EngineDeclaration {
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        requireNonNull(sha256, "sha256");
        requireNonNull(about, "about");
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        tools = List.copyOf(tools);
        requireNonNull(eventsFile, "eventsFile");
        settings = ordered(settings);
        defaults = ordered(defaults);
        abilities = Set.copyOf(abilities);
    }

    private static <V> Map<Setting, V> ordered(Map<Setting, V> map) {
        EnumMap<Setting, V> copy = new EnumMap<>(Setting.class);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /** Placeholders of the command and the environment. */
    Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>(Template.namesIn(command));
        names.addAll(Template.namesIn(environment.values()));
        return names;
    }

    /** Whether it is told by {@code request.json} what to do; otherwise by its command line, one turn a process. */
    boolean readsRequest() {
        return placeholders().contains(Placeholders.REQUEST);
    }
}
