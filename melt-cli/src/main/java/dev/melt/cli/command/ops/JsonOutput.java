package dev.melt.cli.command.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.OpProfile;
import dev.melt.core.profile.Weight;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One view as JSON: {@code {"by":…,"calls":[…],"profiles":[…]}}, the calls only when they are asked for. Written as the
 * rows come, one on a line, for a log has tens of thousands.
 */
final class JsonOutput {
    private final JsonGenerator out;
    private final View view;
    private boolean begun;

    JsonOutput(OutputStream out, View view) {
        this.view = view;
        try {
            this.out = JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build()
                    .createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before the first row, and not before it is there: a log that is refused leaves no half of an object behind. */
    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        out.writeStartObject();
        out.writeStringField("by", view.word());
        if (view == View.CALL) {
            out.writeArrayFieldStart("calls");
        }
    }

    void call(Subject subject, OpCall call) {
        try {
            begin();
            Map<String, Object> row = new LinkedHashMap<>(subject.labels());
            row.putAll(Rows.CALLS.object(call));
            line(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After the last call. */
    void end(List<Profiled> all) throws IOException {
        begin();
        if (view == View.CALL) {
            out.writeEndArray();
        }
        out.writeArrayFieldStart("profiles");
        for (Profiled one : all) {
            profile(one.subject(), one.profile());
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeRaw('\n');
        out.flush();
    }

    private void profile(Subject subject, OpProfile profile) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, String> label : subject.labels().entrySet()) {
            out.writeStringField(label.getKey(), label.getValue());
        }
        array("phases", Rows.TOTALS, profile.totals());
        if (view != View.CALL && view != View.SUMMARY) {
            array("rows", Rows.MERGED, profile.rows());
        }
        array("summary", Rows.SUMMARIES, profile.summaries());
        array("devices", Rows.DEVICES, profile.devices());
        weights(profile.weights());
        out.writeFieldName("facts");
        object(profile.facts());
        out.writeArrayFieldStart("faults");
        for (String fault : profile.faults()) {
            out.writeString(fault);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private <T> void array(String name, Columns<T> columns, List<T> rows) throws IOException {
        out.writeArrayFieldStart(name);
        for (T row : rows) {
            line(columns.object(row));
        }
        out.writeEndArray();
    }

    private void weights(List<Weight> weights) throws IOException {
        out.writeArrayFieldStart("weights");
        for (Weight weight : weights) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeStringField("name", weight.name());
            out.writeStringField("type", weight.type());
            out.writeArrayFieldStart("dimensions");
            for (long dimension : weight.dimensions()) {
                out.writeNumber(dimension);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void line(Map<String, ?> row) throws IOException {
        out.writeRaw('\n');
        object(row);
    }

    private void object(Map<String, ?> members) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, ?> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            if (member.getValue() instanceof Long number) {
                out.writeNumber(number);
            } else if (member.getValue() instanceof BigDecimal number) {
                out.writeNumber(number);
            } else {
                out.writeString(member.getValue().toString());
            }
        }
        out.writeEndObject();
    }
}
