package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.engines.answer.ProcessOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What llama-server answers over HTTP: {@code /completion} and the OpenAI-like paths, whole or streamed, several answers
 * one after the other, and its refusals.
 */
final class ServerResponses implements OutputForm {
    @Override
    public Optional<Findings> read(ProcessOutput output) {
        JsonObjects json = JsonObjects.in(output.out().text());
        Map<String, List<JsonNode>> answers = new LinkedHashMap<>();
        int number = 0;
        for (JsonNode object : json.objects()) {
            if (object.has("timings") || object.has("choices") || object.has("error") || isChunk(object)) {
                String key = object.path("id").isTextual() ? object.path("id").asText() : Integer.toString(number);
                answers.computeIfAbsent(key, any -> new ArrayList<>()).add(object);
                number += object.path("stop").asBoolean() || object.has("error") ? 1 : 0;
            }
        }
        if (answers.isEmpty()) {
            return json.breaksOffIn("\"timings\"") || json.breaksOffIn("\"tokens_predicted\"")
                    ? Optional.of(Findings.cut("the end of llama-server's answer"))
                    : Optional.empty();
        }
        return findings(answers, json.breaksOffIn("\"content\""));
    }

    private static boolean isChunk(JsonNode object) {
        return object.has("content") && object.has("stop");
    }

    private static Optional<Findings> findings(Map<String, List<JsonNode>> answers, boolean cut) {
        List<TurnFinding> turns = new ArrayList<>();
        Findings about = Findings.NONE;
        boolean unfinished = cut;
        for (List<JsonNode> chunks : answers.values()) {
            ServerAnswer answer = new ServerAnswer(chunks);
            Optional<TurnFinding> turn = answer.turn();
            if (turn.isPresent()) {
                turns.add(turn.get());
                about = about.with(answer.facts(), answer.effective());
            } else {
                unfinished |= !answer.finished();
            }
        }
        if (turns.isEmpty() && !unfinished) {
            return Optional.empty();
        }
        Findings findings = Findings.ofTurns(turns).with(about.facts(), about.effective());
        return Optional.of(unfinished ? findings.cutOffWithout("the end of llama-server's answer") : findings);
    }
}
