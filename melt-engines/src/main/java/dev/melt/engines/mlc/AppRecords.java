package dev.melt.engines.mlc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The file of measurements that MELT's apps write: a record a conversation, with a question's wall-clock time and the chat
 * statistics that followed it. The load is measured once and copied into every record. An app that has no statistics gives the
 * time of a whole turn.
 */
final class AppRecords implements MlcForm {
    private static final String WHAT = "MELT app measurements";
    private static final double NANOS = 1e9;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean recognises(String text) {
        return JsonDocument.looksLike(text, "questionRecords") || JsonDocument.looksLike(text, "modelLoadTime");
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        JsonNode records = JsonDocument.list(text, WHAT);
        log.stamps(Stamps.WALL_CLOCK);
        load(records.get(0).path("modelLoadTime"), log);
        String model = records.get(0).path("modelName").asText();
        if (!model.isBlank()) {
            log.fact("model.name", model);
        }
        int turn = 0;
        for (int conversation = 0; conversation < records.size(); conversation++) {
            for (JsonNode question : records.get(conversation).path("questionRecords")) {
                question(question, turn++, conversation, log);
            }
        }
        if (turn == 0) {
            throw new UnknownOutputException(WHAT + ": a record of a question expected, none found");
        }
        return true;
    }

    private static void load(JsonNode time, EventLogBuilder log) {
        if (time.path("start").asDouble() > 0 && time.path("duration").asDouble() > 0) {
            long start = nanos(time.path("start").asDouble());
            log.add(new Event.Load(start, start + nanos(time.path("duration").asDouble()), PageCache.UNKNOWN));
        }
    }

    private static void question(JsonNode question, int turn, int conversation, EventLogBuilder log)
            throws UnknownOutputException {
        double seconds = question.path("time").path("duration").asDouble();
        double begun = question.path("time").path("start").asDouble();
        if (!(begun > 0) || !(seconds > 0)) {
            throw new UnknownOutputException(WHAT + ": start and duration of question " + turn + " above 0 expected, "
                    + question.path("time") + " found");
        }
        long start = nanos(begun);
        log.turnStarted(
                turn,
                conversation,
                start,
                Math.max(0, question.path("original_session_tokens").asInt()));
        Optional<MlcStats> stats = statistics(question);
        long measured = stats.isPresent() ? spans(turn, start, stats.get(), log) : start;
        if (measured == start) {
            log.add(StatedFigure.ofTurn("turn_time", turn, seconds));
        }
        int generated = stats.map(MlcStats::generated)
                .filter(count -> count > 0)
                .orElse(Math.max(0, question.path("output_tokens").asInt()));
        log.turnEnded(turn, Math.max(measured, start + nanos(seconds)), generated);
        log.answer(turn, question.path("output").asText());
    }

    private static Optional<MlcStats> statistics(JsonNode question) throws UnknownOutputException {
        String text = question.path("runtimeStats").asText();
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(text);
            return MlcStats.is(json)
                    ? Optional.of(MlcStats.of(json)).filter(stats -> !stats.empty())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new UnknownOutputException(WHAT + ": chat statistics as JSON expected, '" + text + "' found");
        }
    }

    /** Lays prefill and decoding from the turn's start on, and says where they end. */
    private static long spans(int turn, long start, MlcStats stats, EventLogBuilder log) {
        log.add(stats.perf(turn));
        long now = start;
        if (stats.prefill().measured()) {
            now += nanos(stats.prefill().seconds().orElseThrow());
            log.add(new Event.Prefill(turn, start, now, stats.prefill().tokens().orElse(0), 0));
            log.add(new Event.Token(turn, 0, now, OptionalInt.empty()));
        }
        if (stats.decode().measured()) {
            long end = now + nanos(stats.decode().seconds().orElseThrow());
            log.add(new Event.Decode(turn, now, end, stats.decode().tokens().orElseThrow()));
            now = end;
        }
        return now;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }
}
