package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report that a phone keeps ({@code *.ips}): a line of JSON that says what it is, then an object of JSON. */
record IpsReport(PropertyTree header, PropertyTree body, long skipped) {
    private static final DateTimeFormatter STAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xx")
            .toFormatter(Locale.ROOT);

    static IpsReport read(SourceText text, String type) throws UnknownOutputException {
        JsonText json = JsonText.read(text);
        List<PropertyTree> trees = json.trees();
        boolean fits = !trees.isEmpty()
                && trees.get(0).text("bug_type").filter(type::equals).isPresent();
        if (!fits) {
            throw text.unlike("'{\"bug_type\":\"" + type + "\", ...}' and the report below it");
        }
        if (trees.size() < 2) {
            throw text.cutOff("the report below its first line");
        }
        return new IpsReport(
                trees.get(0), trees.get(1), json.skipped() + json.around().size() + trees.size() - 2);
    }

    /** When it was written, in seconds since 1970. */
    OptionalDouble seconds() {
        try {
            OffsetDateTime time = OffsetDateTime.parse(header.text("timestamp").orElse(""), STAMP);
            return OptionalDouble.of(time.toEpochSecond() + time.getNano() / 1e9);
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }
}
