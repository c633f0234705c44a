package dev.melt.cli.command.run;

import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Warning;
import dev.melt.core.run.ReadChannel;
import dev.melt.core.run.RunResults;
import dev.melt.core.run.RunResults.CellResults;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.summary.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A run's results as plain maps for JSON; SI units, absent figures absent. */
final class ResultJson {
    private ResultJson() {}

    static Map<String, Object> of(RunStore store, RunResults results) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", results.run().id());
        json.put("state", results.run().state().name());
        json.put("created_at", results.run().createdAt().toString());
        json.put("melt", results.run().toolVersion());
        results.run().gitCommit().ifPresent(commit -> json.put("commit", commit));
        json.put("dirty", results.run().gitDirty());
        json.put("seed", results.run().seed());
        json.put("command_line", results.run().commandLine());
        json.put(
                "cells",
                results.cells().stream()
                        .map(cell -> cell(cell, ReadChannel.of(store, cell.trials())))
                        .toList());
        json.put("not_measured", results.absent());
        return json;
    }

    private static Map<String, Object> cell(CellResults cell, List<ReadChannel> channels) {
        CellFacts facts = cell.cell().facts();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fingerprint", facts.fingerprint());
        json.put("device", facts.device());
        json.put("virtual", facts.deviceVirtual());
        json.put("model", facts.model());
        facts.modelSha256().ifPresent(sha -> json.put("model_sha256", sha));
        json.put("synthetic", facts.modelSynthetic());
        json.put("engine", facts.engine());
        json.put("workload", facts.workload());
        json.put("settings", facts.settings());
        json.put("figures", cell.summaries().stream().map(ResultJson::figure).toList());
        if (!cell.profiles().isEmpty()) {
            json.put(
                    "operators", cell.profiles().stream().map(ResultJson::share).toList());
        }
        if (!channels.isEmpty()) {
            json.put("channels", channels.stream().map(ChannelText::json).toList());
        }
        json.put("trials", cell.trials().stream().map(ResultJson::trial).toList());
        json.put("warnings", cell.warnings().stream().map(ResultJson::warning).toList());
        return json;
    }

    private static Map<String, Object> figure(Summary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metric", summary.metric());
        json.put("unit", summary.unit().symbol());
        json.put("median", summary.median());
        put(json, "low", summary.low());
        put(json, "high", summary.high());
        put(json, "mad", summary.mad());
        put(json, "uncertainty", summary.uncertainty());
        json.put("min", summary.min());
        json.put("max", summary.max());
        json.put("n", summary.n());
        json.put(
                "left_out",
                summary.leftOut().stream()
                        .map(l -> Map.of("trial", l.trialId(), "reason", l.reason()))
                        .toList());
        json.put("source", summary.source());
        json.put("formula_version", summary.formulaVersion());
        return json;
    }

    private static Map<String, Object> share(MetricValue value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metric", value.metric());
        json.put("value", value.value());
        return json;
    }

    private static Map<String, Object> trial(StoredTrial trial) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", trial.id());
        json.put("position", trial.position());
        json.put("attempt", trial.attempt());
        json.put("state", trial.state().name());
        trial.outcome().ifPresent(outcome -> json.put("outcome", outcome.name()));
        if (!trial.cause().isEmpty()) {
            json.put("cause", trial.cause());
        }
        json.put("effective", trial.effective());
        return json;
    }

    private static Map<String, Object> warning(Warning warning) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", warning.validity().name());
        json.put("meaning", warning.validity().meaning());
        json.put("evidence", warning.evidence());
        json.put("advice", warning.validity().advice());
        return json;
    }

    private static void put(Map<String, Object> json, String key, OptionalDouble value) {
        value.ifPresent(v -> json.put(key, v));
    }
}
