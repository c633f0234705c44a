package dev.melt.cli.command.ops;

import dev.melt.core.profile.MergedOps;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.OpProfile.Busy;
import dev.melt.core.profile.OpProfile.SummaryTotal;
import dev.melt.core.profile.Stage;
import dev.melt.core.profile.StageTotal;
import java.util.Optional;
import java.util.OptionalLong;

/** What each kind of row shows. */
final class Rows {
    static final Columns<MergedOps> MERGED = new Columns<MergedOps>()
            .words("phase", row -> row.stage().map(Stage::word))
            .words("function", MergedOps::function)
            .words("node", MergedOps::node)
            .words("operator", MergedOps::op)
            .words("device", MergedOps::device)
            .whole("graphs", row -> OptionalLong.of(row.graphs()))
            .whole("calls", row -> OptionalLong.of(row.calls()))
            .nanos("wall", row -> OptionalLong.of(row.wallNanos()))
            .nanos("cpu", MergedOps::cpuNanos)
            .meanNanos("mean", MergedOps::meanNanos)
            .share("share", MergedOps::share);

    static final Columns<OpCall> CALLS = new Columns<OpCall>()
            .words("phase", call -> Optional.of(call.graph().stage().word()))
            .words("origin", call -> Optional.of(call.graph().origin()).filter(text -> !text.isEmpty()))
            .words("function", call -> Optional.of(call.graph().function()))
            .whole("graph", call -> OptionalLong.of(call.graph().index()))
            .whole(
                    "tokens",
                    call -> call.graph().tokens().stream()
                            .mapToObj(OptionalLong::of)
                            .findFirst()
                            .orElse(OptionalLong.empty()))
            .words("node", OpCall::node)
            .words("operator", call -> Optional.of(call.op()))
            .words("device", OpCall::device)
            .words("shape", call -> Optional.of(call.shape()))
            .whole("calls", call -> OptionalLong.of(call.calls()))
            .nanos("wall", call -> OptionalLong.of(call.wallNanos()))
            .nanos("cpu", OpCall::cpuNanos);

    static final Columns<SummaryTotal> SUMMARIES = new Columns<SummaryTotal>()
            .words("phase", row -> Optional.of(row.stage().word()))
            .words("operator", row -> Optional.of(row.op()))
            .nanos("wall", row -> OptionalLong.of(row.wallNanos()));

    static final Columns<StageTotal> TOTALS = new Columns<StageTotal>()
            .words("phase", row -> Optional.of(row.stage().word()))
            .whole("graphs", row -> OptionalLong.of(row.graphs()))
            .whole("tokens", StageTotal::tokens)
            .whole("calls", row -> OptionalLong.of(row.calls()))
            .nanos("wall", row -> OptionalLong.of(row.wallNanos()))
            .nanos("cpu", StageTotal::cpuNanos);

    static final Columns<Busy> DEVICES = new Columns<Busy>()
            .words("function", row -> Optional.of(row.function()))
            .words("device", row -> Optional.of(row.device()))
            .nanos("wall", row -> OptionalLong.of(row.wallNanos()));

    private Rows() {}
}
