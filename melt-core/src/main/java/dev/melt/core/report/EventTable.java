package dev.melt.core.report;

import static dev.melt.core.report.ExportColumn.count;
import static dev.melt.core.report.ExportColumn.nanos;
import static dev.melt.core.report.ExportColumn.text;

import dev.melt.core.event.Event;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Table {@code events}: every event but the turns, which have a table of their own. */
final class EventTable {
    private static final List<ExportColumn> COLUMNS = List.of(
            text("trial_id", "the trial it belongs to, as in table trials"),
            text(
                    "event",
                    "load, context, warmup, graph_prepare, tokenize, prefill, decode, token, or op: and the operator's kind"),
            count("turn", "the turn it belongs to, from 0; empty for what happens once in a trial"),
            nanos("start_ns", "device boot clock; of a token the same as its end"),
            nanos("end_ns", "device boot clock"),
            new ExportColumn("tokens", "tok", "tokens that were made or evaluated; of decode its steps"),
            new ExportColumn("cached_tokens", "tok", "prompt tokens that came from a KV cache"),
            count("token_index", "number of the token in its turn, from 0"),
            count("token_id", "the token in the model's vocabulary"),
            text("page_cache", "of a load: cold, warm or unknown"),
            text("phase", "of an operator: prefill or decode"),
            count("graph", "of an operator: number of the graph evaluation in its turn, from 0"),
            text("tensor", "of an operator: what it computed"),
            text("type", "of an operator: element type of its weights"),
            text("shape", "of an operator: inputs and output"),
            nanos("logits_ns", "of a token: when the engine had computed what it was chosen from"));

    private EventTable() {}

    static ExportTable table() {
        return new ExportTable(
                "events",
                COLUMNS,
                (export, row) -> export.store().eachEvent(export.run().id(), (trialId, event) -> {
                    row.text(trialId);
                    row.text(event.name());
                    row.integer(event.turnIndex());
                    row.integer(event.startNanos());
                    row.integer(event.endNanos());
                    fillTokens(event, row);
                    fillOperator(event, row);
                    row.integer(event instanceof Event.Token token ? token.logitsNanos() : OptionalLong.empty());
                    row.endRow();
                }));
    }

    private static void fillTokens(Event event, RowSink row) {
        OptionalInt tokens = OptionalInt.empty();
        OptionalInt cached = OptionalInt.empty();
        OptionalInt index = OptionalInt.empty();
        OptionalInt id = OptionalInt.empty();
        if (event instanceof Event.Prefill prefill) {
            tokens = OptionalInt.of(prefill.tokens());
            cached = OptionalInt.of(prefill.cached());
        } else if (event instanceof Event.Tokenize tokenize) {
            tokens = OptionalInt.of(tokenize.tokens());
        } else if (event instanceof Event.Decode decode) {
            tokens = OptionalInt.of(decode.steps());
        } else if (event instanceof Event.Token token) {
            index = OptionalInt.of(token.index());
            id = token.id();
        }
        row.integer(tokens);
        row.integer(cached);
        row.integer(index);
        row.integer(id);
    }

    private static void fillOperator(Event event, RowSink row) {
        row.text(event instanceof Event.Load load ? Optional.of(word(load.cache())) : Optional.empty());
        if (event instanceof Event.Op op) {
            row.text(word(op.phase()));
            row.integer(op.graph());
            row.text(op.tensor());
            row.text(op.type());
            row.text(op.shape());
        } else {
            for (int column = 0; column < 5; column++) {
                row.absent();
            }
        }
    }

    private static String word(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT);
    }
}
