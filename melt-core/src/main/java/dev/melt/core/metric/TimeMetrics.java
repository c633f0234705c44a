package dev.melt.core.metric;

import static dev.melt.core.metric.Declaration.by;
import static dev.melt.core.metric.Declaration.sumOf;
import static dev.melt.core.metric.Declaration.trial;
import static dev.melt.core.metric.Declaration.turn;
import static dev.melt.core.metric.Direction.HIGHER;
import static dev.melt.core.metric.Direction.LOWER;
import static dev.melt.core.metric.Evidence.ENGINE;
import static dev.melt.core.metric.Evidence.EVENTS;
import static dev.melt.core.metric.Evidence.SUSTAINED;
import static dev.melt.core.metric.Evidence.TRIALS;
import static dev.melt.core.metric.Pooling.MEDIAN;
import static dev.melt.core.metric.Scope.CELL;
import static dev.melt.core.telemetry.Unit.RATIO;
import static dev.melt.core.telemetry.Unit.SECOND;
import static dev.melt.core.telemetry.Unit.TOKENS_PER_SECOND;

import java.util.Set;

/** Times, rates and token counts. */
final class TimeMetrics {
    static final Metric LOAD_TIME = trial(
            "load_time", SECOND, LOWER, "load-span", "the model file becomes usable: weights mapped or read", EVENTS);
    static final Metric CONTEXT_TIME = trial(
            "context_time",
            SECOND,
            LOWER,
            "context-span",
            "making the context: KV cache and compute buffers; never part of prefill",
            EVENTS);
    static final Metric WARMUP_TIME = trial(
            "warmup_time",
            SECOND,
            LOWER,
            "warmup-span",
            "what the engine evaluates uncounted before the first turn; never part of prefill",
            EVENTS);
    static final Metric GRAPH_PREPARE_TIME = trial(
            "graph_prepare_time",
            SECOND,
            LOWER,
            "graph-spans",
            "building or optimising execution graphs, in sum; never part of prefill",
            EVENTS);
    static final Metric PROMPT_TOKENS = turn(
            "prompt_tokens",
            RATIO,
            Direction.NONE,
            "prefill-tokens",
            sumOf("prompt_tokens"),
            "prompt tokens that were evaluated; those taken from a KV cache are not counted",
            EVENTS);
    static final Metric GENERATED_TOKENS = turn(
            "generated_tokens",
            RATIO,
            Direction.NONE,
            "token-events",
            sumOf("generated_tokens"),
            "tokens that the engine generated, the first included; never counted from text",
            EVENTS);
    static final Metric TTFT = turn(
            "ttft",
            SECOND,
            LOWER,
            "first-token",
            MEDIAN,
            "start of the turn to the end of its first token, tokenising and prefill included; of a trial the median over turns",
            EVENTS);
    static final Metric PREFILL_TIME = turn(
            "prefill_time",
            SECOND,
            LOWER,
            "prefill-span",
            sumOf("prefill_time"),
            "evaluating the prompt, without the building of graphs",
            EVENTS);
    static final Metric PREFILL_RATE = turn(
            "prefill_rate",
            TOKENS_PER_SECOND,
            HIGHER,
            "prefill-tokens-per-span",
            by("prefill_time"),
            "prompt tokens evaluated / prefill time; of a trial all tokens / all time",
            EVENTS);
    static final Metric PREFILL_RATE_ENGINE = turn(
            "prefill_rate_engine",
            TOKENS_PER_SECOND,
            HIGHER,
            "engine-prefill",
            by("prefill_time_engine"),
            "the same from the engine's own counts and times",
            ENGINE);
    static final Metric DECODE_STEPS = turn(
            "decode_steps",
            RATIO,
            Direction.NONE,
            "tokens-after-first",
            sumOf("decode_steps"),
            "generated tokens after the first, n - 1",
            EVENTS);
    static final Metric DECODE_TIME = turn(
            "decode_time",
            SECOND,
            LOWER,
            "decode-span",
            sumOf("decode_time"),
            "end of the first token to the end of the last",
            EVENTS);
    static final Metric DECODE_RATE = turn(
            "decode_rate",
            TOKENS_PER_SECOND,
            HIGHER,
            "steps-per-decode-span",
            by("decode_time"),
            "(n - 1) / (end of last token - end of first), n >= 2; of a trial all steps / all time",
            EVENTS);
    static final Metric DECODE_RATE_ENGINE = turn(
            "decode_rate_engine",
            TOKENS_PER_SECOND,
            HIGHER,
            "engine-decode",
            by("decode_time_engine"),
            "the same from the engine's own counts and times",
            ENGINE);
    static final Metric DECODE_PASS_TIME = turn(
            "decode_pass_time",
            SECOND,
            LOWER,
            "end-to-logits",
            sumOf("decode_time"),
            "end of each token to the logits of the next, in sum: decode_time without the choice of tokens",
            EVENTS);
    static final Metric DECODE_PASS_RATE = turn(
            "decode_pass_rate",
            TOKENS_PER_SECOND,
            HIGHER,
            "steps-per-pass-time",
            by("decode_pass_time"),
            "(n - 1) / decode_pass_time: what decode_rate_engine is compared with",
            EVENTS);
    static final Metric PREFILL_TIME_ENGINE = turn(
            "prefill_time_engine",
            SECOND,
            LOWER,
            "engine-prefill",
            sumOf("prefill_time_engine"),
            "evaluating the prompt by the engine's own clock",
            ENGINE);
    static final Metric DECODE_TIME_ENGINE = turn(
            "decode_time_engine",
            SECOND,
            LOWER,
            "engine-decode",
            sumOf("decode_time_engine"),
            "the passes after the prompt by the engine's own clock",
            ENGINE);
    static final Metric TPOT = turn(
            "tpot",
            SECOND,
            LOWER,
            "decode-span-per-step",
            by("decode_steps"),
            "(end of last token - end of first) / (n - 1); of a trial all time / all steps",
            EVENTS);
    static final Metric ITL_P50 = itl("itl_p50", "50 %");
    static final Metric ITL_P90 = itl("itl_p90", "90 %");
    static final Metric ITL_P95 = itl("itl_p95", "95 %");
    static final Metric ITL_P99 = itl("itl_p99", "from 100 gaps on, 99 %");
    static final Metric TURN_TIME = turn(
            "turn_time",
            SECOND,
            LOWER,
            "turn-to-last-token",
            MEDIAN,
            "start of the turn to the end of its last token; of a trial the median over turns",
            EVENTS);
    static final Metric RETAINED_RATE = trial(
            "retained_rate",
            RATIO,
            HIGHER,
            "last-quarter-over-first",
            "decode rate of the last quarter of a sustained run's turns / of the first quarter",
            EVENTS,
            SUSTAINED);
    static final Metric RATE_CV = new Metric(
            "rate_cv",
            RATIO,
            LOWER,
            "cv-of-decode-rate",
            1,
            CELL,
            Pooling.NONE,
            Set.of(EVENTS, TRIALS),
            "coefficient of variation of decode_rate over trials");

    private TimeMetrics() {}

    private static Metric itl(String id, String share) {
        return turn(
                id,
                SECOND,
                LOWER,
                "type-7-of-gaps",
                Pooling.NONE,
                share + " quantile (type 7) of the gaps between tokens; of a trial over all its gaps",
                EVENTS);
    }
}
