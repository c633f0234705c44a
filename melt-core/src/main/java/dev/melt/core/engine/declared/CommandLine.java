package dev.melt.core.engine.declared;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.RequestFile;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.workload.Request;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills a declaration's command with what one job needs. The job was not refused. */
final class CommandLine {
    private static final String PROMPT = "prompt.txt";

    private final EngineDeclaration declaration;
    private final EngineJob job;
    private final Device device;
    private final Placement placement;

    CommandLine(EngineDeclaration declaration, EngineJob job, Device device, Placement placement) {
        this.declaration = declaration;
        this.job = job;
        this.device = device;
        this.placement = placement;
    }

    Invocation invocation() {
        List<String> command = new ArrayList<>();
        List<String> settings = settingWords();
        boolean placed = false;
        for (String word : declaration.command()) {
            if (word.equals("{" + Placeholders.SETTINGS + "}")) {
                command.addAll(settings);
                placed = true;
            } else {
                command.add(Template.expand(word, this::value));
            }
        }
        if (!placed) {
            command.addAll(settings);
        }
        Map<String, String> environment = new LinkedHashMap<>(Map.of("LC_ALL", "C"));
        environment.putAll(job.bundle().environmentIn(placement.bundle()));
        declaration.environment().forEach((name, value) -> environment.put(name, Template.expand(value, this::value)));
        return new Invocation(command, environment, inputs());
    }

    private Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        if (declaration.readsRequest()) {
            inputs.put(RequestFile.NAME, new RequestFile(job.with(inRequest())).json(placement.model()));
        }
        if (declaration.placeholders().contains(Placeholders.PROMPT_FILE) && only() instanceof Request.Text text) {
            inputs.put(PROMPT, text.prompt());
        }
        return inputs;
    }

    private Settings inRequest() {
        EnumMap<Setting, String> handed = new EnumMap<>(Setting.class);
        job.settings().values().forEach((setting, value) -> {
            if (declaration.settings().get(setting) instanceof SettingArguments.InRequest) {
                handed.put(setting, value);
            }
        });
        return new Settings(handed);
    }

    private List<String> settingWords() {
        List<String> words = new ArrayList<>();
        job.settings().values().forEach((setting, value) -> words.addAll(words(setting, value)));
        return words;
    }

    private List<String> words(Setting setting, String value) {
        SettingArguments arguments = declaration.settings().get(setting);
        if (arguments instanceof SettingArguments.ByValue byValue) {
            return filled(byValue.words().getOrDefault(value, List.of()), value);
        } else if (arguments instanceof SettingArguments.Always always) {
            return filled(always.words(), value);
        }
        return List.of();
    }

    private static List<String> filled(List<String> words, String value) {
        return words.stream()
                .map(word -> word.replace("{" + Placeholders.VALUE + "}", value))
                .toList();
    }

    private String value(String placeholder) {
        if (placeholder.startsWith(Placeholders.TOOL)) {
            return tool(placeholder.substring(Placeholders.TOOL.length()), job.bundle())
                    .map(file -> placement.file(file.name()))
                    .orElseThrow();
        }
        return switch (placeholder) {
            case Placeholders.MODEL -> placement.model();
            case Placeholders.BUNDLE -> placement.bundle();
            case Placeholders.REQUEST -> RequestFile.NAME;
            case Placeholders.EVENTS -> declaration.eventsFile().orElse("/dev/stdout");
            case Placeholders.PROMPT_FILE -> PROMPT;
            case Placeholders.PROMPT_TOKENS ->
                only() instanceof Request.Tokens tokens ? "" + tokens.promptTokens() : "0";
            case Placeholders.DEPTH -> only() instanceof Request.Tokens tokens ? "" + tokens.depth() : "0";
            case Placeholders.GENERATE -> Integer.toString(only().generate());
            default ->
                placeholder.startsWith(Placeholders.DEVICE)
                        ? fact(placeholder, device)
                        : job.settings().get(Settings.byKey(placeholder)).orElseThrow();
        };
    }

    /** Without a request file there is one turn. */
    private Request only() {
        return job.script().turn(0).request();
    }

    /** What a placeholder for a fact of the device stands for; empty text where it has none, which a check refuses before. */
    static String fact(String placeholder, Device device) {
        return device.facts().getOrDefault(placeholder.substring(placeholder.indexOf(':') + 1), "");
    }

    static Optional<Bundle.BundleFile> tool(String name, Bundle bundle) {
        return bundle.tool(name);
    }
}
