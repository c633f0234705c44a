package dev.melt.core.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;

/** A table as one JSON object a line, in UTF-8. What is absent has no key. */
final class JsonRows implements RowSink {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;
    private final List<String> keys;
    private int column;

    JsonRows(OutputStream out, ExportTable table) {
        keys = table.columns().stream().map(ExportColumn::name).toList();
        try {
            json = FACTORY.createGenerator(out);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void text(String value) {
        write(() -> json.writeString(value));
    }

    @Override
    public void integer(long value) {
        write(() -> json.writeNumber(value));
    }

    @Override
    public void real(double value) {
        write(() -> json.writeNumber(Decimal.text(value)));
    }

    @Override
    public void flag(boolean value) {
        write(() -> json.writeBoolean(value));
    }

    @Override
    public void map(SortedMap<String, String> value) {
        write(() -> json.writeRawValue(JsonText.of(value)));
    }

    @Override
    public void list(List<String> value) {
        write(() -> json.writeRawValue(JsonText.of(value)));
    }

    private void write(Value value) {
        try {
            if (column == 0) {
                json.writeStartObject();
            }
            json.writeFieldName(keys.get(column++));
            value.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void absent() {
        if (column == 0) {
            throw new IllegalStateException("the first column of a table is never absent");
        }
        column++;
    }

    @Override
    public void endRow() {
        if (column != keys.size()) {
            throw new IllegalStateException("a row of " + column + " values for " + keys.size() + " columns");
        }
        column = 0;
        try {
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        try {
            if (json.getOutputContext().getCurrentIndex() >= 0) {
                json.writeRaw('\n');
            }
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Value {
        void write() throws IOException;
    }
}
