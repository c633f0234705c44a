package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Are the windows over which energy is taken known well enough? An engine may say how long things took and not when. */
final class WindowCheck {
    /** Share of the shortest energy window that its place may be off. */
    static final double LIMIT = 0.05;

    private WindowCheck() {}

    static List<Warning> check(TrialEvidence evidence, TrialTimes times) {
        long bound = evidence.timing().boundNanos();
        if (bound == 0
                || TotalPower.choose(evidence.series(), evidence.periodNanos()).isEmpty()) {
            return List.of();
        }
        Optional<Window> shortest =
                times.turns().stream().flatMap(WindowCheck::windows).min(Comparator.comparingDouble(Window::seconds));
        return shortest.filter(window -> bound / 1e9 > LIMIT * window.seconds())
                .map(window -> new Warning(
                        Validity.WINDOW_ESTIMATED,
                        String.format(
                                Locale.ROOT,
                                "events placed within %.3f s by %s; the shortest energy window has %.3f s",
                                bound / 1e9,
                                evidence.timing()
                                        .stamps()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                                window.seconds())))
                .map(List::of)
                .orElse(List.of());
    }

    private static Stream<Window> windows(TurnTimes turn) {
        return Stream.of(turn.prefillWindows().stream(), turn.decode().stream(), turn.untilLastToken().stream())
                .flatMap(windows -> windows)
                .filter(window -> window.endNanos() > window.startNanos());
    }
}
