package dev.melt.core.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The metrics. {@link #ALL} has them in the order in which tables show them. Each is a constant that its formula uses, so
 * that figure and declaration cannot drift apart. To add one: a constant in the class of its kind, its place in the list,
 * its row in {@code docs/reference/metrics.md}.
 */
public final class Metrics {
    /** Every metric there is. */
    public static final List<Metric> ALL = List.of(
            TimeMetrics.LOAD_TIME,
            TimeMetrics.CONTEXT_TIME,
            TimeMetrics.WARMUP_TIME,
            TimeMetrics.GRAPH_PREPARE_TIME,
            TimeMetrics.TTFT,
            TimeMetrics.PREFILL_RATE,
            TimeMetrics.PREFILL_RATE_ENGINE,
            TimeMetrics.DECODE_RATE,
            TimeMetrics.DECODE_PASS_RATE,
            TimeMetrics.DECODE_RATE_ENGINE,
            TimeMetrics.TPOT,
            TimeMetrics.ITL_P50,
            TimeMetrics.ITL_P90,
            TimeMetrics.ITL_P95,
            TimeMetrics.ITL_P99,
            TimeMetrics.TURN_TIME,
            TimeMetrics.PROMPT_TOKENS,
            TimeMetrics.GENERATED_TOKENS,
            TimeMetrics.DECODE_STEPS,
            TimeMetrics.PREFILL_TIME,
            TimeMetrics.DECODE_TIME,
            TimeMetrics.DECODE_PASS_TIME,
            TimeMetrics.PREFILL_TIME_ENGINE,
            TimeMetrics.DECODE_TIME_ENGINE,
            DeviceMetrics.PEAK_RSS,
            DeviceMetrics.PEAK_PSS,
            DeviceMetrics.KV_BYTES,
            DeviceMetrics.MODEL_BYTES,
            EnergyMetrics.ENERGY,
            EnergyMetrics.ENERGY_NET,
            EnergyMetrics.ENERGY_PREFILL,
            EnergyMetrics.ENERGY_DECODE,
            EnergyMetrics.ENERGY_PER_TOKEN,
            EnergyMetrics.ENERGY_PER_TOKEN_PREFILL,
            EnergyMetrics.ENERGY_PER_TOKEN_DECODE,
            EnergyMetrics.ENERGY_PER_TOKEN_MELT,
            EnergyMetrics.RAIL_ENERGY,
            EnergyMetrics.RAIL_ENERGY_PREFILL,
            EnergyMetrics.RAIL_ENERGY_DECODE,
            EnergyMetrics.DISCHARGE,
            EnergyMetrics.DISCHARGE_PER_TURN,
            EnergyMetrics.DISCHARGE_PER_TOKEN,
            EnergyMetrics.TURNS_PER_CHARGE,
            EnergyMetrics.POWER_MEAN,
            EnergyMetrics.POWER_PEAK,
            EnergyMetrics.POWER_IDLE,
            DeviceMetrics.TEMPERATURE_START,
            DeviceMetrics.TEMPERATURE_PEAK,
            DeviceMetrics.TEMPERATURE_RISE,
            DeviceMetrics.THROTTLE_TIME,
            DeviceMetrics.TIME_TO_THROTTLE,
            DeviceMetrics.TURNS_TO_THROTTLE,
            TimeMetrics.RETAINED_RATE,
            TimeMetrics.RATE_CV,
            DeviceMetrics.MBU,
            DeviceMetrics.MFU,
            DeviceMetrics.OP_SHARE,
            QualityMetrics.ACCURACY,
            QualityMetrics.PERPLEXITY,
            QualityMetrics.KL_DIVERGENCE);

    /** Figures that are taken outside trials that count, because their source holds the engine up. */
    public static final Set<String> DISTURBING = Set.of(DeviceMetrics.PEAK_PSS.id());

    private static final Map<String, Metric> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Metric::id, Function.identity()));

    private Metrics() {}

    /** The metric of a stored id, which may carry a site: {@code temperature_peak/battery}. */
    public static Optional<Metric> find(String id) {
        int slash = id.indexOf('/');
        return Optional.ofNullable(BY_ID.get(slash < 0 ? id : id.substring(0, slash)));
    }
}
