package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.text.Numbers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The CSV of {@code mlc_llm.bench}: a row of statistics over the requests of one setting. What means the same as one of MELT's
 * figures is taken, which is the medians of whole times and the sums of tokens; means of rates are not.
 */
final class BenchTable implements MlcForm {
    private static final String WHAT = "mlc_llm.bench table";
    private static final CsvMapper CSV = new CsvMapper();
    private static final String TTFT = "time_to_first_token_s.quantiles.p50";
    private static final String WHOLE = "end_to_end_latency_s.quantiles.p50";

    @Override
    public boolean recognises(String text) {
        return text.lines()
                .findFirst()
                .filter(head -> head.contains(",") && head.contains("end_to_end_latency_s."))
                .isPresent();
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        List<Map<String, String>> rows = rows(text);
        if (rows.size() != 1) {
            throw new UnknownOutputException(WHAT + ": one row expected, " + rows.size() + " found");
        }
        Map<String, String> row = rows.get(0);
        if (value(row, TTFT).isEmpty() || value(row, WHOLE).isEmpty()) {
            throw new UnknownOutputException(WHAT + ": " + TTFT + " and " + WHOLE + " above 0 expected, none found");
        }
        state("ttft", row, TTFT, log);
        state("turn_time", row, WHOLE, log);
        state("prompt_tokens", row, "total_input_tokens", log);
        state("generated_tokens", row, "total_output_tokens", log);
        value(row, "num_completed_requests").ifPresent(n -> log.fact("engine.requests", Long.toString(Math.round(n))));
        return true;
    }

    private static void state(String metric, Map<String, String> row, String column, EventLogBuilder log) {
        value(row, column).ifPresent(value -> log.add(StatedFigure.ofTrial(metric, value)));
    }

    private static OptionalDouble value(Map<String, String> row, String column) {
        return Numbers.positive(row.getOrDefault(column, ""));
    }

    private static List<Map<String, String>> rows(String text) throws UnknownOutputException {
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UnknownOutputException(WHAT + ": rows as long as the head expected, damaged ones found");
        }
    }
}
