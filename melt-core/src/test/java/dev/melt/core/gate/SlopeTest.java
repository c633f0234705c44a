package dev.melt.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlopeTest {
    @Test
    void ofAStraightLineIsTheLines() {
        List<Slope.Point> line = IntStream.rangeClosed(0, 12)
                .mapToObj(i -> point(5L * i, 30 + 0.25 * i))
                .toList();

        assertThat(Slope.perMinute(line).getAsDouble()).isCloseTo(3.0, within(1e-9));
    }

    /** Worked by hand: means 22.5 s and 31; products 1 K min, squares 0.3125 min². */
    @Test
    void ofScatteredReadingsIsThatOfLeastSquares() {
        List<Slope.Point> scattered = List.of(point(0, 30), point(15, 31), point(30, 30), point(45, 33));

        assertThat(Slope.perMinute(scattered).getAsDouble()).isCloseTo(3.2, within(1e-9));
    }

    @Test
    void readingsOlderThanAMinuteDoNotCount() {
        List<Slope.Point> cooledThenLevel =
                List.of(point(0, 60), point(40, 40), point(101, 30), point(130, 30), point(161, 30));

        assertThat(Slope.perMinute(cooledThenLevel).getAsDouble()).isZero();
    }

    @Test
    void isNotKnownOfNothingNorOfTooShortASpan() {
        assertThat(Slope.perMinute(List.of())).isEmpty();
        assertThat(Slope.perMinute(List.of(point(0, 30)))).isEmpty();
        assertThat(Slope.perMinute(List.of(point(0, 30), point(14, 31)))).isEmpty();
        assertThat(Slope.perMinute(List.of(point(0, 30), point(15, 31)))).isNotEmpty();
    }

    private static Slope.Point point(long seconds, double value) {
        return new Slope.Point(seconds * 1_000_000_000L, value);
    }
}
