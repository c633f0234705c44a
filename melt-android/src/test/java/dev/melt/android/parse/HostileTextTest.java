package dev.melt.android.parse;

import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.testkit.SavedFormatContract;
import java.util.List;

class HostileTextTest implements SavedFormatContract {
    @Override
    public SavedFormatProvider formats() {
        return new AndroidFormats();
    }

    @Override
    public String example(String kind) {
        return Saved.fixture(kind);
    }

    @Override
    public List<String> noOutput() {
        return List.of("", "\n", "Can't find service: x\n", "Permission Denial: can't dump\n");
    }

    /** A property may have several lines: only what is no text is no part of it. */
    @Override
    public String garbage(String kind) {
        return kind.equals("getprop") ? "\u0001##" : "##?##";
    }
}
