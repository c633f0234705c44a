package dev.melt.virtual.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoardBodyTest {
    private static final BoardDrive IDLE = new BoardDrive(0, 1, 1, 0.3, 0, 1, 0.2, 1, 0.2);
    private static final BoardDrive BUSY = new BoardDrive(1, 1, 1, 0.3, 0, 1, 0.2, 1, 0.2);
    private static final BoardDrive SMALL = new BoardDrive(1, 0.33, 0.5, 0.3, 0, 0.3, 0.2, 0.6, 0.2);
    private static final BoardDrive ALL = new BoardDrive(1, 1, 1, 1, 1, 1, 1, 1, 0);

    private final BoardProfile orin = BoardProfiles.named("orin-agx");
    private final BoardBody body = new BoardBody(orin.power(), 7);

    @Test
    void drawsMoreUnderLoadAndLessInASmallerMode() {
        double idle = after(1, IDLE).watts();
        double busy = after(1, BUSY).watts();
        double small = after(1, SMALL).watts();

        assertThat(idle).isCloseTo(orin.power().idleWatts(), within(1.0));
        assertThat(busy).isGreaterThan(idle + 15);
        assertThat(small).isBetween(idle + 1, idle + 6);
    }

    @Test
    void drawsMoreWhenItsClocksAreHeld() {
        double idle = after(1, IDLE).watts();
        double held = after(1, new BoardDrive(0, 1, 1, 1, 0, 1, 1, 1, 0.2)).watts();

        assertThat(held).isGreaterThan(idle + 1);
    }

    @Test
    void getsHotAndSlowsDown() {
        BoardState cool = after(1, ALL);
        BoardState hot = after(1200, ALL);

        assertThat(cool.throttled()).isFalse();
        assertThat(hot.throttled()).isTrue();
        assertThat(hot.cap()).isLessThan(1);
        assertThat(hot.watts()).isLessThan(cool.watts());
        assertThat(hot.junction()).isBetween(90.0, 110.0);
    }

    @Test
    void doesTheSameAgainForTheSameSeed() {
        BoardBody twin = new BoardBody(orin.power(), 7);
        for (int i = 0; i < 50; i++) {
            body.step(0.2, BUSY);
            twin.step(0.2, BUSY);
        }
        assertThat(body.state()).isEqualTo(twin.state());
    }

    @Test
    void splitsItsPowerOverTheRails() {
        BoardState busy = after(1, BUSY);
        double sum = orin.tegra().orElseThrow().meters().get(0).rails().stream()
                .mapToDouble(rail -> rail.watts(busy, orin.power()))
                .sum();

        assertThat(sum).isBetween(0.8 * busy.watts(), 1.1 * busy.watts());
    }

    private BoardState after(int seconds, BoardDrive drive) {
        for (int i = 0; i < seconds * 5; i++) {
            body.step(0.2, drive);
        }
        return body.state();
    }
}
