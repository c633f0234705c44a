package dev.melt.engines.failure;

import dev.melt.core.event.EngineError;
import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Words by which one engine alone tells of failures; asked after {@link FailureWords}, in their order. Immutable.
 */
public final class OwnWords {
    /** Of an engine that has none of its own. */
    public static final OwnWords NONE = new OwnWords(List.of());

    private record Family(String kind, Pattern words) {}

    private final List<Family> families;

    private OwnWords(List<Family> families) {
        this.families = List.copyOf(families);
    }

    /** These words tell of a failure of this kind, when none before them does. */
    public OwnWords then(String kind, String regex) {
        List<Family> more = new ArrayList<>(families);
        more.add(new Family(kind, Pattern.compile(regex)));
        return new OwnWords(more);
    }

    /** The failure that a log tells of after its last line with a figure; empty where it has no such line. */
    public Optional<EngineError> after(Pattern figure, ConsoleText log) {
        int last = -1;
        for (int i = 0; i < log.lines().size(); i++) {
            last = figure.matcher(log.lines().get(i)).find() ? i : last;
        }
        if (last < 0) {
            return Optional.empty();
        }
        List<String> rest = log.lines().subList(last + 1, log.lines().size());
        return FailureWords.in(rest).or(() -> in(rest));
    }

    /** The failure that these lines tell of, with the line that says so. */
    public Optional<EngineError> in(List<String> lines) {
        return families.stream()
                .flatMap(family -> lines.stream()
                        .filter(line -> family.words().matcher(line).find())
                        .limit(1)
                        .map(line -> new EngineError(family.kind(), line.strip(), OptionalInt.empty())))
                .findFirst();
    }
}
