package dev.melt.core.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code request.json}, by which the embedded worker, and any program that wants to, is told what to do; its form is in
 * docs/reference/agent-protocol.md. Used once.
 */
public final class RequestFile {
    /** Its name in the trial's folder. */
    public static final String NAME = "request.json";

    private final EngineJob job;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    public RequestFile(EngineJob job) {
        this.job = job;
    }

    /** The file with all of the job's settings, and what it names beside it: all by their names in the trial's folder. */
    public Map<String, String> inputs(Placement placement) {
        String request = json(placement.model());
        return job.script()
                .examination()
                .map(exam -> new ExamRequest(exam, job).inputs(request, placement.base()))
                .orElse(Map.of(NAME, request));
    }

    /** The whole file, with all of the job's settings. */
    public String json(String modelPath) {
        return json(modelPath, job.settings());
    }

    /** The same, with these settings alone. */
    String json(String modelPath, Settings handedOver) {
        root.put("model", modelPath);
        settings(handedOver);
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
}
