package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The server's trace in Chrome's form: per request the begin and end of each engine action, in microseconds of the wall clock.
 * A token is there when it was sampled, after the last part of the prompt or after a decoding step.
 */
final class TraceEvents implements MlcForm {
    private static final String WHAT = "mlc-llm event trace";
    private static final long NANOS_PER_MICRO = 1000;

    /** When what happened in one request. */
    private static final class Request {
        private long start = Long.MAX_VALUE;
        private final List<Long> prefillStarts = new ArrayList<>();
        private final List<Long> prefillEnds = new ArrayList<>();
        private final List<Long> decodeEnds = new ArrayList<>();
        private final List<Long> sampled = new ArrayList<>();

        void accept(String action, String phase, long nanos) {
            start = Math.min(start, nanos);
            switch (action + " " + phase) {
                case "prefill B" -> prefillStarts.add(nanos);
                case "prefill E" -> prefillEnds.add(nanos);
                case "decode E" -> decodeEnds.add(nanos);
                case "sampling E" -> sampled.add(nanos);
                default -> {
                    // other actions are parts of these
                }
            }
        }

        /** One token a decoding step, and the first. */
        boolean complete() {
            return !prefillStarts.isEmpty()
                    && prefillStarts.size() == prefillEnds.size()
                    && (sampled.isEmpty() || sampled.size() == decodeEnds.size() + 1);
        }

        long prefillEnd() {
            return prefillEnds.get(prefillEnds.size() - 1);
        }

        /** When each token was there. */
        List<Long> tokens() {
            if (!sampled.isEmpty()) {
                return sampled;
            }
            List<Long> ends = new ArrayList<>(List.of(prefillEnd()));
            ends.addAll(decodeEnds);
            return ends;
        }
    }

    @Override
    public boolean recognises(String text) {
        return JsonDocument.looksLike(text, "ph");
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        Map<String, Request> requests = new LinkedHashMap<>();
        for (JsonNode event : JsonDocument.list(text, WHAT)) {
            String action = event.path("name").asText().replaceFirst(" \\([0-9]+\\)$", "");
            requests.computeIfAbsent(event.path("tid").asText(), id -> new Request())
                    .accept(action, event.path("ph").asText(), event.path("ts").asLong() * NANOS_PER_MICRO);
        }
        int turn = 0;
        log.stamps(Stamps.WALL_CLOCK);
        for (Map.Entry<String, Request> request : requests.entrySet()) {
            if (!request.getValue().complete()) {
                throw new UnknownOutputException(WHAT + ": a prefill and a sampling after it and after each decode "
                        + "expected, request " + request.getKey() + " has others");
            }
            turn(turn++, request.getValue(), log);
        }
        return true;
    }

    private static void turn(int turn, Request request, EventLogBuilder log) {
        log.turnStarted(turn, 0, request.start, 0);
        // how many tokens the prompt had is not in a trace
        for (int i = 0; i < request.prefillStarts.size(); i++) {
            log.add(new Event.Prefill(turn, request.prefillStarts.get(i), request.prefillEnds.get(i), 0, 0));
        }
        List<Long> tokens = request.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            OptionalLong logits = request.sampled.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(i == 0 ? request.prefillEnd() : request.decodeEnds.get(i - 1));
            log.add(new Event.Token(turn, i, tokens.get(i), OptionalInt.empty(), logits));
        }
        log.turnEnded(turn, tokens.get(tokens.size() - 1), tokens.size());
    }
}
