package dev.melt.core.engine.declared;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.config.ConfigDocument;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a declaration of a document that fits the schema; what the schema cannot tell is complained of with file and line. */
final class EngineDeclarationReader {
    private static final String EVENTS_FILE = "events.jsonl";

    private final ConfigDocument document;
    private final JsonNode root;

    EngineDeclarationReader(ConfigDocument document) {
        this.document = document;
        this.root = document.root();
    }

    EngineDeclaration declaration() {
        List<String> command = words(root.path("command"));
        Map<String, String> environment = new LinkedHashMap<>();
        root.path("environment")
                .properties()
                .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
        check("/command", command);
        check("/environment", environment.values());
        List<String> tools = words(root.path("tools"));
        Map<Setting, String> defaults = defaults();
        Map<Setting, SettingArguments> settings = settings();
        addThoseOfTheCommand(command, settings, defaults);
        defaults.keySet().stream()
                .filter(s -> !settings.containsKey(s))
                .findFirst()
                .ifPresent(setting -> {
                    throw document.keyFault(
                            JsonPointer.compile("/defaults/" + setting.key()),
                            "a setting that reaches the engine needed",
                            "there is no way for " + setting.key(),
                            "name it under settings, too");
                });
        return new EngineDeclaration(
                document.name(),
                document.source(),
                Sha256.of(root.toString()),
                root.path("about").asText(),
                command,
                environment,
                tools,
                root.path("bundle").asBoolean(true),
                root.path("events").asText("file").equals("stdout") ? Optional.empty() : Optional.of(EVENTS_FILE),
                settings,
                defaults,
                abilities(command));
    }

    private Map<Setting, SettingArguments> settings() {
        Map<Setting, SettingArguments> settings = new EnumMap<>(Setting.class);
        root.path("settings").properties().forEach(entry -> {
            JsonPointer at = JsonPointer.compile("/settings").appendProperty(entry.getKey());
            settings.put(setting(at, entry.getKey()), arguments(at, entry.getValue()));
        });
        return settings;
    }

    private SettingArguments arguments(JsonPointer at, JsonNode node) {
        if (node.isTextual()) {
            return new SettingArguments.InRequest();
        }
        if (node.isArray()) {
            return new SettingArguments.Always(words(node));
        }
        Map<String, List<String>> byValue = new LinkedHashMap<>();
        node.properties().forEach(e -> byValue.put(e.getKey(), words(e.getValue())));
        if (byValue.isEmpty()) {
            throw document.fault(at, "values with their arguments needed", "none found", "list at least one");
        }
        return new SettingArguments.ByValue(byValue);
    }

    private Map<Setting, String> defaults() {
        Map<Setting, String> defaults = new EnumMap<>(Setting.class);
        root.path("defaults").properties().forEach(entry -> {
            JsonPointer at = JsonPointer.compile("/defaults").appendProperty(entry.getKey());
            defaults.put(setting(at, entry.getKey()), entry.getValue().asText());
        });
        return defaults;
    }

    private Setting setting(JsonPointer at, String key) {
        try {
            return Settings.byKey(key);
        } catch (InvalidInputException e) {
            throw document.fault(at, e);
        }
    }

    /** A setting that the command names needs a value each time. */
    private void addThoseOfTheCommand(
            List<String> command, Map<Setting, SettingArguments> settings, Map<Setting, String> defaults) {
        Set<String> named = Template.namesIn(command);
        for (Setting setting : Setting.values()) {
            if (named.contains(setting.key())) {
                settings.putIfAbsent(setting, new SettingArguments.InCommand());
                if (!defaults.containsKey(setting)) {
                    throw document.fault(
                            JsonPointer.compile("/command"),
                            "a value for {" + setting.key() + "} needed",
                            "there is no default of it",
                            "add it under defaults");
                }
            }
        }
    }

    private Set<Ability> abilities(List<String> command) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        Set<String> named = Template.namesIn(command);
        if (!named.contains(Placeholders.REQUEST)) {
            if (named.contains(Placeholders.PROMPT_FILE)) {
                abilities.add(Ability.PROMPTS);
            }
            if (named.contains(Placeholders.PROMPT_TOKENS)) {
                abilities.add(Ability.TOKENS);
            }
            if (named.contains(Placeholders.DEPTH)) {
                abilities.add(Ability.DEPTH);
            }
        } else if (root.has("can")) {
            words(root.path("can")).forEach(word -> abilities.add(Ability.ofWord(word)));
        } else {
            abilities.add(Ability.PROMPTS);
        }
        return abilities;
    }

    private void check(String pointer, Iterable<String> words) {
        for (String name : Template.namesIn(words)) {
            if (!Placeholders.isKnown(name)) {
                List<String> near = Nearest.of(name, Placeholders.all());
                throw document.fault(
                        JsonPointer.compile(pointer),
                        "a known placeholder needed",
                        "{" + name + "} found",
                        near.isEmpty()
                                ? "docs/how-to/add-an-engine.md lists them; write {{ for a brace"
                                : "did you mean {" + String.join("} or {", near) + "}?");
            }
        }
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
