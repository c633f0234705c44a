package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What {@code mlc_llm.bench --debug-dump} writes: a record a request, timed by the client. Its latency between tokens holds the
 * time to the first one too and is not used.
 */
final class BenchRecords implements MlcForm {
    private static final String WHAT = "mlc_llm.bench dump";

    @Override
    public boolean recognises(String text) {
        return JsonDocument.looksLike(text, "metrics") && text.contains("\"end_to_end_latency_s\"");
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        SpanLayout layout = new SpanLayout(log);
        int number = 0;
        for (JsonNode request : JsonDocument.list(text, WHAT)) {
            JsonNode metrics = request.path("metrics");
            if (metrics.path("success").asBoolean(true)) {
                layout.next(number).turn(spans(metrics, number));
            } else {
                log.add(new EngineError(
                        "request_failed", request.path("error_msg").asText("no reason given"), OptionalInt.of(number)));
            }
            number++;
        }
        return true;
    }

    private static TurnSpans spans(JsonNode metrics, int number) throws UnknownOutputException {
        int generated = metrics.path("output_tokens").asInt();
        double first = metrics.path("time_to_first_token_s").asDouble();
        double whole = metrics.path("end_to_end_latency_s").asDouble();
        if (generated < 1 || !(first > 0) || whole < first) {
            throw new UnknownOutputException(WHAT + ": output_tokens, time_to_first_token_s and end_to_end_latency_s "
                    + "above 0 expected, request " + number + " has others");
        }
        boolean decoded = generated > 1 && whole > first;
        return new TurnSpans(
                OptionalInt.of(metrics.path("input_tokens").asInt()),
                prefill(metrics.path("server_metrics")),
                OptionalDouble.of(first),
                decoded ? OptionalInt.of(generated - 1) : OptionalInt.empty(),
                decoded ? OptionalDouble.of(whole - first) : OptionalDouble.empty(),
                generated,
                0);
    }

    private static OptionalDouble prefill(JsonNode server) {
        double tokens = server.path("prefill_tokens").asDouble();
        double rate = server.path("prefill_tokens_per_s").asDouble();
        return tokens > 0 && rate > 0 ? OptionalDouble.of(tokens / rate) : OptionalDouble.empty();
    }
}
