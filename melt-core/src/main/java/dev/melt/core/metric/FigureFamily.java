package dev.melt.core.metric;

import java.util.List;

/** Formulas that look at the same evidence. Pure; without their evidence they give nothing. */
interface FigureFamily {
    List<MetricValue> of(TrialEvidence evidence, TrialTimes times);
}
