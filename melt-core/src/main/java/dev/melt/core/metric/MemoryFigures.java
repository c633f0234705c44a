package dev.melt.core.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Bytes: of the engine in memory, of its cache, of the model on disk. */
final class MemoryFigures implements FigureFamily {
    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        ModelFacts model = evidence.model();
        peak(evidence, figures);
        model.kvBytes().ifPresent(b -> figures.add(DeviceMetrics.KV_BYTES.ofTrial((double) b, model.kvSource())));
        model.bytes().ifPresent(b -> figures.add(DeviceMetrics.MODEL_BYTES.ofTrial((double) b, "file")));
        return figures;
    }

    private static void peak(TrialEvidence evidence, List<MetricValue> figures) {
        DoubleStream agent = evidence.peakRssBytes().stream().asDoubleStream();
        DoubleStream.concat(sampled(evidence, Quantities.ENGINE_RSS), agent)
                .max()
                .ifPresent(bytes -> figures.add(DeviceMetrics.PEAK_RSS.ofTrial(bytes, "agent")));
        sampled(evidence, Quantities.ENGINE_PSS)
                .max()
                .ifPresent(bytes -> figures.add(DeviceMetrics.PEAK_PSS.ofTrial(bytes, "smaps")));
    }

    private static DoubleStream sampled(TrialEvidence evidence, String site) {
        return evidence.series().stream()
                .filter(s -> s.channel().quantity().equals(Quantities.MEMORY)
                        && s.channel().site().equals(site))
                .flatMapToDouble(s -> Arrays.stream(s.values()));
    }
}
