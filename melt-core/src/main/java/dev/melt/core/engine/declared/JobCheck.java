package dev.melt.core.engine.declared;

import dev.melt.core.device.Device;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what a declared engine could not honour in a job, so that nothing that was asked for is passed over in silence. */
final class JobCheck {
    private final EngineDeclaration declaration;
    private final EngineJob job;
    private final Device device;
    private final String subject;

    JobCheck(EngineDeclaration declaration, EngineJob job, Device device) {
        this.declaration = declaration;
        this.job = job;
        this.device = device;
        this.subject = "[" + device.name() + "] engine " + declaration.name();
    }

    Optional<Problem> problem() {
        return setting()
                .or(this::value)
                .or(this::file)
                .or(this::fact)
                .or(this::ability)
                .or(this::turns);
    }

    private Optional<Problem> setting() {
        return job.settings().values().keySet().stream()
                .filter(setting -> !declaration.settings().containsKey(setting))
                .findFirst()
                .map(setting -> new Problem(
                        subject,
                        "a setting that it takes expected",
                        "it has no way for " + setting.key(),
                        "leave it out, or name it under settings in " + declaration.source()));
    }

    private Optional<Problem> value() {
        for (Map.Entry<Setting, String> asked : job.settings().values().entrySet()) {
            if (declaration.settings().get(asked.getKey()) instanceof SettingArguments.ByValue byValue
                    && !byValue.words().containsKey(asked.getValue())) {
                return Optional.of(new Problem(
                        subject,
                        "a value of " + asked.getKey().key() + " that it takes expected",
                        asked.getValue() + " asked for",
                        "it takes "
                                + String.join(
                                        ", ",
                                        byValue.words().keySet().stream()
                                                .sorted()
                                                .toList())));
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> file() {
        List<String> needed = new ArrayList<>(declaration.tools());
        named(Placeholders.TOOL).forEach(needed::add);
        return needed.stream()
                .filter(tool -> job.bundle().tool(tool).isEmpty())
                .findFirst()
                .map(tool -> new Problem(
                        subject,
                        "the file " + tool + " in its bundle needed",
                        "bundle " + job.bundle().name() + " has none of that name",
                        "add a bundle that has it, or correct " + declaration.source()));
    }

    private Optional<Problem> fact() {
        return named(Placeholders.DEVICE).stream()
                .filter(key -> !device.facts().containsKey(key))
                .findFirst()
                .map(key -> new Problem(
                        subject,
                        "the device's " + key + " needed",
                        "it is not known",
                        "write the value into " + declaration.source()));
    }

    private List<String> named(String prefix) {
        return declaration.placeholders().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private Optional<Problem> ability() {
        Set<Ability> missing = needed(job.script());
        if (job.perOperator()) {
            missing.add(Ability.PER_OP);
        }
        missing.removeAll(declaration.abilities());
        return missing.stream()
                .findFirst()
                .map(ability -> new Problem(
                        subject,
                        ability.meaning() + " asked for",
                        "it does not say that it can",
                        "use another workload, or add " + ability.word() + " to 'can' in " + declaration.source()));
    }

    private static Set<Ability> needed(Script script) {
        Set<Ability> needed = EnumSet.noneOf(Ability.class);
        for (Conversation conversation : script.conversations()) {
            if (conversation.chat()) {
                needed.add(Ability.CHAT);
            }
            for (Request request : conversation.turns()) {
                if (request instanceof Request.Tokens tokens) {
                    needed.add(Ability.TOKENS);
                    if (tokens.depth() > 0) {
                        needed.add(Ability.DEPTH);
                    }
                } else {
                    needed.add(Ability.PROMPTS);
                }
            }
        }
        if (script.repeatFor().isPresent()) {
            needed.add(Ability.REPEAT);
        }
        return needed;
    }

    private Optional<Problem> turns() {
        int turns = job.script().totalTurns().orElse(Integer.MAX_VALUE);
        return declaration.readsRequest() || turns == 1
                ? Optional.empty()
                : Optional.of(new Problem(
                        subject,
                        "one turn a trial expected, for its command has no {request}",
                        turns + " turns asked for",
                        "let it read {request}, or use a workload such as pp512-tg128"));
    }
}
