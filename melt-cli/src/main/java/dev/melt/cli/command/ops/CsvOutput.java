package dev.melt.cli.command.ops;

import dev.melt.core.profile.OpCall;
import java.util.ArrayList;
import java.util.List;

/** One view as CSV: what tells the subject first, then the row. */
final class CsvOutput {
    private final CsvText csv;
    private boolean begun;

    CsvOutput(Appendable out) {
        this.csv = new CsvText(out);
    }

    void call(Subject subject, OpCall call) {
        row(subject, Rows.CALLS, call);
    }

    /** Every row but calls, which came on their way. */
    void rows(View view, List<Profiled> all) {
        for (Profiled one : all) {
            if (view == View.SUMMARY) {
                one.profile().summaries().forEach(row -> row(one.subject(), Rows.SUMMARIES, row));
            } else if (view != View.CALL) {
                one.profile().rows().forEach(row -> row(one.subject(), Rows.MERGED, row));
            }
        }
    }

    private <T> void row(Subject subject, Columns<T> columns, T row) {
        if (!begun) {
            begun = true;
            List<String> keys = new ArrayList<>(subject.labels().keySet());
            csv.row(keys, columns.keys());
        }
        csv.row(subject.labels().values(), columns.cells(row));
    }
}
