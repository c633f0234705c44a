package dev.melt.core.metric;

import static dev.melt.core.metric.Declaration.by;
import static dev.melt.core.metric.Declaration.sumOf;
import static dev.melt.core.metric.Declaration.trial;
import static dev.melt.core.metric.Declaration.turn;
import static dev.melt.core.metric.Direction.HIGHER;
import static dev.melt.core.metric.Direction.LOWER;
import static dev.melt.core.metric.Evidence.BATTERY_CAPACITY;
import static dev.melt.core.metric.Evidence.BATTERY_CURRENT;
import static dev.melt.core.metric.Evidence.EVENTS;
import static dev.melt.core.metric.Evidence.IDLE_POWER;
import static dev.melt.core.metric.Evidence.POWER;
import static dev.melt.core.telemetry.Unit.JOULE;
import static dev.melt.core.telemetry.Unit.JOULES_PER_TOKEN;
import static dev.melt.core.telemetry.Unit.MILLIAMPERE_HOUR;
import static dev.melt.core.telemetry.Unit.MILLIAMPERE_HOURS_PER_TOKEN;
import static dev.melt.core.telemetry.Unit.MILLIWATT_HOURS_PER_TOKEN;
import static dev.melt.core.telemetry.Unit.RATIO;
import static dev.melt.core.telemetry.Unit.WATT;

/** Energy, charge and power. */
final class EnergyMetrics {
    static final Metric ENERGY = turn(
            "energy",
            JOULE,
            LOWER,
            "trapezoid-turn",
            sumOf("turn_time"),
            "power integrated from the turn's start to the end of its last token; of a trial the sum over turns",
            EVENTS,
            POWER);
    static final Metric ENERGY_NET = turn(
            "energy_net",
            JOULE,
            LOWER,
            "trapezoid-less-idle",
            sumOf("turn_time"),
            "energy - idle power x window, idle the mean of before and after",
            EVENTS,
            POWER,
            IDLE_POWER);
    static final Metric ENERGY_PREFILL = turn(
            "energy_prefill",
            JOULE,
            LOWER,
            "trapezoid-prefill",
            sumOf("prefill_time"),
            "power integrated over prefill",
            EVENTS,
            POWER);
    static final Metric ENERGY_DECODE = turn(
            "energy_decode",
            JOULE,
            LOWER,
            "trapezoid-decode",
            sumOf("decode_time"),
            "power integrated from the end of the first token to the end of the last",
            EVENTS,
            POWER);
    static final Metric ENERGY_PER_TOKEN = turn(
            "energy_per_token",
            JOULES_PER_TOKEN,
            LOWER,
            "prefill-and-decode-per-token",
            by("generated_tokens"),
            "energy from the start of prefill to the end of the last token / generated tokens",
            EVENTS,
            POWER);
    static final Metric ENERGY_PER_TOKEN_PREFILL = turn(
            "energy_per_token_prefill",
            JOULES_PER_TOKEN,
            LOWER,
            "prefill-per-prompt-token",
            by("prompt_tokens"),
            "energy_prefill / prompt tokens evaluated",
            EVENTS,
            POWER);
    static final Metric ENERGY_PER_TOKEN_DECODE = turn(
            "energy_per_token_decode",
            JOULES_PER_TOKEN,
            LOWER,
            "decode-per-step",
            by("decode_steps"),
            "energy_decode / tokens generated in that window, n - 1",
            EVENTS,
            POWER);
    static final Metric ENERGY_PER_TOKEN_MELT = turn(
            "energy_per_token_melt",
            MILLIWATT_HOURS_PER_TOKEN,
            LOWER,
            "prompt-window-per-token",
            by("generated_tokens"),
            "energy of the whole prompt window / generated tokens, as the MELT paper publishes it",
            EVENTS,
            POWER);
    static final Metric RAIL_ENERGY = trial(
            "rail_energy",
            JOULE,
            LOWER,
            "trapezoid-turns",
            "power of one rail integrated over the turns up to their last tokens, per site; rails may contain one another",
            EVENTS,
            POWER);
    static final Metric RAIL_ENERGY_PREFILL = trial(
            "rail_energy_prefill",
            JOULE,
            LOWER,
            "trapezoid-prefill",
            "power of one rail integrated over prefill, per site",
            EVENTS,
            POWER);
    static final Metric RAIL_ENERGY_DECODE = trial(
            "rail_energy_decode",
            JOULE,
            LOWER,
            "trapezoid-decode",
            "power of one rail integrated from the end of the first token to the end of the last, per site",
            EVENTS,
            POWER);
    static final Metric DISCHARGE = turn(
            "discharge",
            MILLIAMPERE_HOUR,
            LOWER,
            "current-trapezoid",
            sumOf("turn_time"),
            "battery current integrated over the turn; of a trial the sum over turns",
            EVENTS,
            BATTERY_CURRENT);
    static final Metric DISCHARGE_PER_TURN = trial(
            "discharge_per_turn",
            MILLIAMPERE_HOUR,
            LOWER,
            "discharge-per-turn",
            "discharge / turns",
            EVENTS,
            BATTERY_CURRENT);
    static final Metric DISCHARGE_PER_TOKEN = turn(
            "discharge_per_token",
            MILLIAMPERE_HOURS_PER_TOKEN,
            LOWER,
            "discharge-per-token",
            by("generated_tokens"),
            "discharge / generated tokens",
            EVENTS,
            BATTERY_CURRENT);
    static final Metric TURNS_PER_CHARGE = trial(
            "turns_per_charge",
            RATIO,
            HIGHER,
            "capacity-per-turn",
            "battery capacity / discharge per turn",
            EVENTS,
            BATTERY_CURRENT,
            BATTERY_CAPACITY);
    static final Metric POWER_MEAN = turn(
            "power_mean",
            WATT,
            LOWER,
            "energy-per-window",
            by("turn_time"),
            "energy / length of its window",
            EVENTS,
            POWER);
    static final Metric POWER_PEAK = turn(
            "power_peak",
            WATT,
            LOWER,
            "largest-sample",
            Pooling.LARGEST,
            "largest reading in the turn, of a counter the steepest step; as fine as the source samples",
            EVENTS,
            POWER);
    static final Metric POWER_IDLE = trial(
            "power_idle",
            WATT,
            LOWER,
            "mean-of-before-and-after",
            "power at rest, the mean of before and after the trial",
            IDLE_POWER);

    private EnergyMetrics() {}
}
