package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.EnginePerf;
import dev.melt.engines.span.TurnSpans;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Chat statistics of one turn. The prompt's evaluation gives the first token; decoding counts the steps after it. Immutable.
 */
record MlcStats(MlcPhase prefill, MlcPhase decode) {
    /** Whether a JSON object is such statistics. */
    static boolean is(JsonNode json) {
        return json.path("prefill").has("throughput") && json.path("decode").has("throughput");
    }

    static MlcStats of(JsonNode json) {
        return new MlcStats(MlcPhase.of(json.path("prefill")), MlcPhase.of(json.path("decode")));
    }

    /** Statistics that were asked for before anything was generated have no figure. */
    boolean empty() {
        return prefill.tokensPerSecond().isEmpty()
                && decode.tokensPerSecond().isEmpty()
                && !prefill.measured()
                && !decode.measured();
    }

    /** In METRICS' terms; without spans where rates are all there is. */
    TurnSpans spans() {
        OptionalDouble prefillSeconds = prefill.measured() ? prefill.seconds() : OptionalDouble.empty();
        boolean decoded = decode.measured();
        return new TurnSpans(
                prefill.tokens(),
                prefillSeconds,
                prefillSeconds,
                decoded ? decode.tokens() : OptionalInt.empty(),
                decoded ? decode.seconds() : OptionalDouble.empty(),
                generated(),
                0);
    }

    /** The steps and the first token; 0 where the steps are not told. */
    int generated() {
        if (decode.tokens().isPresent()) {
            return decode.tokens().getAsInt() + 1;
        }
        return prefill.measured() ? 1 : 0;
    }

    EnginePerf perf(int turn) {
        return new EnginePerf(turn, prefill.perf(), decode.perf());
    }
}
