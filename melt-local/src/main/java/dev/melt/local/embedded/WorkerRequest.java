package dev.melt.local.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import java.util.List;
import java.util.OptionalInt;

/** Writes the worker's {@code request.json}; its form is in docs/reference/agent-protocol.md. */
final class WorkerRequest {
    private final EngineJob job;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    WorkerRequest(EngineJob job) {
        this.job = job;
    }

    String json(String modelPath) {
        root.put("model", modelPath);
        settings(job.settings());
        root.put("per_op", job.perOperator());
        conversations();
        job.script().repeatFor().ifPresent(time -> root.putObject("repeat").put("seconds", time.toMillis() / 1e3));
        return root.toString();
    }

    private void settings(Settings settings) {
        ObjectNode node = root.putObject("settings");
        settings.values().forEach((setting, value) -> put(node, setting, value));
    }

    private static void put(ObjectNode node, Setting setting, String value) {
        switch (setting.type()) {
            case POSITIVE, NUMBER -> node.put(setting.key(), Long.parseLong(value));
            case DECIMAL -> node.put(setting.key(), Double.parseDouble(value));
            case FLAG -> node.put(setting.key(), Boolean.parseBoolean(value));
            case WORD -> node.put(setting.key(), value);
        }
    }

    /** Turns that are finished are left out; those of a conversation that goes on are handed over as its history. */
    private void conversations() {
        ArrayNode list = root.putArray("conversations");
        int turns = job.script().totalTurns().orElse(job.script().turnsInOnePass());
        ObjectNode open = null;
        ArrayNode restored = JsonNodeFactory.instance.arrayNode();
        for (int number = 0; number < turns; number++) {
            ScriptedTurn turn = job.script().turn(number);
            if (turn.opens()) {
                open = null;
                restored = JsonNodeFactory.instance.arrayNode();
            }
            List<Integer> generated = job.finished().get(number);
            if (generated != null) {
                restore(restored, turn, generated);
                continue;
            }
            if (open == null) {
                open = list.addObject();
                open.put("id", turn.conversation().id())
                        .put("chat", turn.conversation().chat());
                open.putArray("turns");
                if (turn.conversation().chat() && !restored.isEmpty()) {
                    open.set("restore", restored);
                }
            }
            request(open.withArray("turns").addObject().put("turn", number), turn.request());
        }
    }

    private static void restore(ArrayNode restored, ScriptedTurn turn, List<Integer> generated) {
        if (turn.request() instanceof Request.Text text) {
            ArrayNode ids = restored.addObject().put("prompt", text.prompt()).putArray("ids");
            generated.forEach(ids::add);
        }
    }

    private static void request(ObjectNode node, Request request) {
        if (request instanceof Request.Text text) {
            node.put("prompt", text.prompt());
        } else if (request instanceof Request.Tokens tokens) {
            // generation needs a token to begin with
            node.put("prompt_tokens", Math.max(1, tokens.promptTokens())).put("depth", tokens.depth());
        }
        node.put("generate", request.generate());
    }

    /** The turns that the worker is asked for; empty when only time ends them. */
    OptionalInt turnsAsked() {
        OptionalInt total = job.script().totalTurns();
        return total.isPresent()
                ? OptionalInt.of(total.getAsInt() - job.finished().size())
                : OptionalInt.empty();
    }
}
