package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SourceText;
import dev.melt.testkit.Fixtures;
import java.util.List;

/** Fixtures of this module, and what its readers make of a text. */
final class Saved {
    private Saved() {}

    static List<String> kinds() {
        return new AndroidFormats().formats().stream().map(SavedFormat::kind).toList();
    }

    static String fixture(String kind) {
        return Fixtures.text(kind + ".txt");
    }

    static ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        return Fixtures.read(new AndroidFormats().formats(), kind, SourceText.of(text));
    }
}
