package dev.melt.cli.command;

import dev.melt.cli.text.Bytes;
import dev.melt.cli.text.Counts;
import dev.melt.cli.text.Details;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.gguf.GgufValue;
import dev.melt.core.model.MemoryPrediction;
import dev.melt.core.model.ModelDimensions;
import dev.melt.core.model.ModelInspection;
import dev.melt.core.model.ModelSupport;
import dev.melt.core.problem.PlainText;
import dev.melt.core.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is shown of a GGUF file. */
final class InspectionDetails {
    private static final int LONGEST_TEXT = 160;

    private InspectionDetails() {}

    static Details of(ModelInspection inspection, int context) {
        ModelDimensions dimensions = inspection.dimensions();
        MemoryPrediction memory = inspection.memory(MemoryPrediction.Conditions.usual(context));
        Optional<Problem> problem = ModelSupport.problem(inspection.file());
        GgufFile file = inspection.file();
        return new Details()
                .add("file", file.path().toString())
                .add("gguf_version", file.version())
                .add("synthetic", file.synthetic(), file.synthetic() ? "yes" : "no")
                .add("architecture", dimensions.architecture())
                .add("parameters", inspection.parameters(), Counts.text(inspection.parameters()))
                .add("quantisation", inspection.quantisation())
                .add(
                        "bits_per_weight",
                        inspection.bitsPerWeight(),
                        String.format(Locale.ROOT, "%.2f", inspection.bitsPerWeight()))
                .add("file_bytes", file.bytes(), Bytes.text(file.bytes()))
                .add("layers", dimensions.layers())
                .add("vocabulary", dimensions.vocabulary())
                .add("trained_context", dimensions.context())
                .add("context", context, context + " tokens, for which memory is")
                .add("weight_bytes", memory.weightBytes(), Bytes.text(memory.weightBytes()))
                .add("key_value_bytes", memory.keyValueBytes(), Bytes.text(memory.keyValueBytes()))
                .add("compute_bytes", memory.computeBytes(), Bytes.text(memory.computeBytes()) + " (estimate)")
                .add("total_bytes", memory.totalBytes(), Bytes.text(memory.totalBytes()))
                .add(
                        "runs",
                        problem.isEmpty(),
                        problem.map(Problem::message).orElse("yes, with " + ModelSupport.ENGINE));
    }

    static Map<String, Object> metadata(GgufFile file) {
        Map<String, Object> values = new LinkedHashMap<>();
        file.metadata().forEach((key, value) -> values.put(key, plain(value)));
        return values;
    }

    /** For people: each on one line, vocabularies and templates cut. */
    static Details shortened(Map<String, Object> metadata) {
        Details details = new Details();
        metadata.forEach((key, value) -> details.textOnly(PlainText.oneLine(key), cut(String.valueOf(value))));
        return details;
    }

    /** As JSON has it; of a long list only the beginning, as that is all that was read. */
    private static Object plain(GgufValue value) {
        if (value instanceof GgufValue.Whole whole) {
            return whole.toString().equals(Long.toString(whole.value())) ? whole.value() : whole.toString();
        } else if (value instanceof GgufValue.Real real) {
            return real.value();
        } else if (value instanceof GgufValue.Flag flag) {
            return flag.value();
        } else if (value instanceof GgufValue.Array array) {
            List<Object> head =
                    array.head().stream().map(InspectionDetails::plain).toList();
            return array.complete() ? head : Map.of("length", array.length(), "head", head);
        }
        return value.toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …";
    }
}
