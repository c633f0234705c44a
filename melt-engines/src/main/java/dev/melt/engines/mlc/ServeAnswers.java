package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.JsonTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Answers of the server as they were saved: whole ones, or streams of events whose last one has the usage. A saved stream does
 * not say when its events came; the server's own times are all there is.
 */
final class ServeAnswers implements MlcForm {
    /** What was said under one id. */
    private static final class Answer {
        private final StringBuilder text = new StringBuilder();
        private Optional<ServeUsage> usage = Optional.empty();
    }

    @Override
    public boolean recognises(String text) {
        return text.contains("\"chat.completion")
                || text.contains("\"text_completion")
                || (text.contains("\"choices\"") && text.contains("\"usage\""))
                || text.contains("\"object\":\"error\"");
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        List<JsonNode> objects = JsonTexts.objects(ConsoleText.of(text).text());
        Map<String, Answer> answers = new LinkedHashMap<>();
        Optional<EngineError> refusal = Optional.empty();
        for (JsonNode object : objects) {
            if (object.path("object").asText().equals("error")) {
                refusal = Optional.of(error(object.path("message").asText()));
            } else if (object.has("choices")) {
                accept(object, answers.computeIfAbsent(object.path("id").asText(), id -> new Answer()));
            }
        }
        if (answers.isEmpty() && refusal.isEmpty()) {
            throw new UnknownOutputException("mlc_llm serve: an answer with choices expected, none found");
        }
        add(answers, refusal.isPresent(), log);
        refusal.ifPresent(log::add);
        return refusal.isEmpty();
    }

    private static void accept(JsonNode object, Answer answer) {
        for (JsonNode choice : object.path("choices")) {
            answer.text.append(choice.path("delta").path("content").asText(""));
            answer.text.append(choice.path("message").path("content").asText(""));
            answer.text.append(choice.path("text").asText(""));
        }
        ServeUsage.of(object.path("usage")).ifPresent(usage -> answer.usage = Optional.of(usage));
    }

    private static void add(Map<String, Answer> answers, boolean refused, EventLogBuilder log)
            throws UnknownOutputException {
        SpanLayout layout = new SpanLayout(log);
        for (Map.Entry<String, Answer> answer : answers.entrySet()) {
            Optional<ServeUsage> usage = answer.getValue().usage;
            if (usage.isPresent()) {
                int turn = layout.turn(usage.get().spans());
                log.add(usage.get().perf(turn));
                log.answer(turn, answer.getValue().text.toString());
            } else if (!refused) {
                throw new UnknownOutputException(
                        "mlc_llm serve: usage with the server's own times (extra) expected, none " + "found for answer "
                                + answer.getKey());
            }
        }
    }

    private static EngineError error(String message) {
        return MlcReader.FAILURES
                .in(List.of(message))
                .orElse(new EngineError("request_failed", message, OptionalInt.empty()));
    }
}
