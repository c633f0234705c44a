package dev.melt.cli.command.ops;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.profile.Merging;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the rows are that a person asks for. */
enum View {
    OP(Merging.OP),
    MODULE(Merging.MODULE),
    FUNCTION(Merging.FUNCTION),
    /** Not merged at all. */
    CALL(Merging.OP),
    /** What the engine itself summed up. */
    SUMMARY(Merging.OP);

    private final Merging merging;

    View(Merging merging) {
        this.merging = merging;
    }

    /** How calls are merged beside these rows, for totals and charts. */
    Merging merging() {
        return merging;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static View named(String word) {
        return Arrays.stream(values())
                .filter(view -> view.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "--by " + word,
                        "what the rows are expected",
                        "there is none such",
                        "take one of " + Arrays.stream(values()).map(View::word).collect(Collectors.joining(", "))));
    }
}
