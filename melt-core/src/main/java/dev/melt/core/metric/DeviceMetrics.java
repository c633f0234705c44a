package dev.melt.core.metric;

import static dev.melt.core.metric.Declaration.by;
import static dev.melt.core.metric.Declaration.trial;
import static dev.melt.core.metric.Declaration.turn;
import static dev.melt.core.metric.Direction.HIGHER;
import static dev.melt.core.metric.Direction.LOWER;
import static dev.melt.core.metric.Evidence.DEVICE_PEAK;
import static dev.melt.core.metric.Evidence.EVENTS;
import static dev.melt.core.metric.Evidence.FREQUENCY_CAP;
import static dev.melt.core.metric.Evidence.MEMORY;
import static dev.melt.core.metric.Evidence.MODEL;
import static dev.melt.core.metric.Evidence.OPERATORS;
import static dev.melt.core.metric.Evidence.TEMPERATURE;
import static dev.melt.core.telemetry.Unit.BYTE;
import static dev.melt.core.telemetry.Unit.CELSIUS;
import static dev.melt.core.telemetry.Unit.RATIO;
import static dev.melt.core.telemetry.Unit.SECOND;

/** Memory, heat, throttling, and use of what the hardware could do. */
final class DeviceMetrics {
    static final Metric PEAK_RSS =
            trial("peak_rss", BYTE, LOWER, "largest-rss", "largest resident set of the engine's process tree", MEMORY);
    static final Metric PEAK_PSS = trial(
            "peak_pss",
            BYTE,
            LOWER,
            "largest-pss",
            "largest proportional set of the engine's process tree; sampled in warm-up and profile trials alone",
            MEMORY);
    static final Metric KV_BYTES = trial(
            "kv_bytes",
            BYTE,
            LOWER,
            "kv-cache",
            "KV cache as the engine reports it, else from the model's shape",
            MODEL);
    static final Metric MODEL_BYTES = trial("model_bytes", BYTE, LOWER, "file-size", "the model on disk", MODEL);
    static final Metric TEMPERATURE_START = trial(
            "temperature_start",
            CELSIUS,
            LOWER,
            "reading-at-first-turn",
            "reading at the start of the first turn, per site",
            TEMPERATURE);
    static final Metric TEMPERATURE_PEAK = trial(
            "temperature_peak",
            CELSIUS,
            LOWER,
            "largest-reading",
            "largest reading from there to the end of the trial, per site",
            TEMPERATURE);
    static final Metric TEMPERATURE_RISE = trial(
            "temperature_rise",
            CELSIUS,
            LOWER,
            "peak-less-start",
            "temperature_peak - temperature_start, per site",
            TEMPERATURE);
    static final Metric THROTTLE_TIME = trial(
            "throttle_time",
            SECOND,
            Direction.NONE,
            "capped-in-turns",
            "time inside turns in which a frequency was capped or a cooling device at work",
            EVENTS,
            FREQUENCY_CAP);
    static final Metric TIME_TO_THROTTLE = trial(
            "time_to_throttle",
            SECOND,
            Direction.NONE,
            "first-cap",
            "start of the first turn to the first such reading",
            EVENTS,
            FREQUENCY_CAP);
    static final Metric TURNS_TO_THROTTLE = trial(
            "turns_to_throttle",
            RATIO,
            Direction.NONE,
            "turns-before-cap",
            "turns that were over before the first such reading",
            EVENTS,
            FREQUENCY_CAP);
    static final Metric MBU = turn(
            "mbu",
            RATIO,
            HIGHER,
            "bytes-read-over-peak",
            by("decode_time"),
            "(model bytes + KV bytes read per token) x decode_rate / peak memory bandwidth",
            EVENTS,
            MODEL,
            DEVICE_PEAK);
    static final Metric MFU = turn(
            "mfu",
            RATIO,
            HIGHER,
            "two-operations-per-weight",
            by("prefill_time"),
            "2 x parameters x prefill_rate / peak arithmetic rate",
            EVENTS,
            MODEL,
            DEVICE_PEAK);
    static final Metric OP_SHARE = trial(
            "op_share",
            RATIO,
            Direction.NONE,
            "time-over-time",
            "an operator's time / all operators' time, per phase and operator",
            OPERATORS);

    private DeviceMetrics() {}
}
