package dev.melt.engines.mlc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One streamed answer of MLC's server, put together by who received it, and the event lines that it makes. Tokens are stamped as
 * their events arrive where each event brought one, which the count at the end tells; else the first and the last are all that
 * is known. The prefill ends with the first token and takes as long as the server says. Filled by one thread.
 */
final class ServeTurn {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int number;
    private final int conversation;
    private final long askedNanos;
    private final List<Long> arrivals = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Optional<ServeUsage> usage = Optional.empty();
    private Optional<String> complaint = Optional.empty();
    private String stop = "length";

    /**
     * A turn that was asked.
     *
     * @param askedNanos on the clock of the lines' stamps
     */
    ServeTurn(int number, int conversation, long askedNanos) {
        this.number = number;
        this.conversation = conversation;
        this.askedNanos = askedNanos;
    }

    /** A line of the answer, with or without the name of its field. */
    void accept(long nanos, String line) {
        JsonNode event = json(line.substring(Math.max(0, line.indexOf('{'))));
        if (event.path("object").asText().equals("error") || event.has("error")) {
            complaint =
                    Optional.of(event.path("message").asText(event.path("error").toString()));
        }
        for (JsonNode choice : event.path("choices")) {
            String piece = choice.path("delta").path("content").asText("")
                    + choice.path("text").asText("");
            if (!piece.isEmpty()) {
                arrivals.add(nanos);
                text.append(piece);
            }
            stop = choice.path("finish_reason").asText(stop);
        }
        ServeUsage.of(event.path("usage")).ifPresent(counted -> usage = Optional.of(counted));
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** What went wrong, in the server's words where it has any; empty for a whole answer. */
    Optional<String> complaint() {
        if (complaint.isPresent()) {
            return complaint;
        }
        if (arrivals.isEmpty()) {
            return Optional.of("the server sent no token");
        }
        return usage.isEmpty() ? Optional.of("the answer ends without its usage") : Optional.empty();
    }

    /** What was answered. */
    String text() {
        return text.toString();
    }

    /**
     * The lines of a whole answer.
     *
     * @throws IllegalStateException when {@link #complaint()} has something to say
     */
    List<ObjectNode> lines() {
        ServeUsage counted = usage.filter(u -> complaint().isEmpty()).orElseThrow(IllegalStateException::new);
        List<ObjectNode> lines = new ArrayList<>();
        lines.add(line("turn").put("start", askedNanos).put("conversation", conversation));
        long first = arrivals.get(0);
        long took = Math.round(counted.firstTokenSeconds() * NANOS);
        lines.add(line("prefill")
                .put("start", Math.max(askedNanos, first - took))
                .put("end", first)
                .put("tokens", counted.prefillTokens())
                .put("cached", counted.cachedTokens()));
        tokens(counted, lines);
        lines.add(line("perf")
                .put("p_eval_ms", counted.firstTokenSeconds() * MILLIS)
                .put("n_p_eval", counted.prefillTokens())
                .put("eval_ms", counted.decoded() ? counted.decodeSeconds() * MILLIS : 0.0)
                .put("n_eval", counted.decoded() ? counted.decodeTokens() : 0));
        lines.add(line("turn_end")
                .put("end", last())
                .put("generated", counted.generated())
                .put("stop", stop.equals("stop") ? "eos" : "length")
                .put("text", text()));
        return lines;
    }

    private void tokens(ServeUsage counted, List<ObjectNode> lines) {
        boolean oneEach = arrivals.size() == counted.generated();
        int stamped = oneEach ? arrivals.size() : 1;
        for (int i = 0; i < stamped; i++) {
            lines.add(line("token").put("i", i).put("end", arrivals.get(i)));
        }
        if (!oneEach && counted.generated() > 1 && last() > arrivals.get(0)) {
            lines.add(line("decode")
                    .put("start", arrivals.get(0))
                    .put("end", last())
                    .put("steps", counted.generated() - 1));
        }
    }

    private long last() {
        return arrivals.get(arrivals.size() - 1);
    }

    private ObjectNode line(String event) {
        return JsonNodeFactory.instance.objectNode().put("e", event).put("turn", number);
    }
}
