package dev.melt.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.StockItem.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTextTest {
    @Test
    void addsUpTheFilesOfAThing() {
        Stock stock = StockText.parse("""
                now 1795790794
                free 83121112
                trial 0 1795790700 busy t-a1
                trial 89 1795790700 busy t-a1
                trial 307 1795790700 busy t-a1
                file 4000000000 1795787194 idle 42bf/model.gguf
                bundle 0 1795790794 idle 3e23
                bundle 0 1795790794 idle 3e23 b718/lib.so
                bundle 12 1795790794 idle 3e23
                """);

        assertThat(stock.freeBytes()).hasValue(83121112L * 1024);
        assertThat(stock.items())
                .containsExactly(
                        new StockItem(Kind.TRIAL, "t-a1", 396, Optional.of(Duration.ofSeconds(94)), true, Set.of()),
                        new StockItem(
                                Kind.FILE,
                                "42bf/model.gguf",
                                4_000_000_000L,
                                Optional.of(Duration.ofHours(1)),
                                false,
                                Set.of()),
                        new StockItem(
                                Kind.BUNDLE, "3e23", 12, Optional.of(Duration.ZERO), false, Set.of("b718/lib.so")));
    }

    @Test
    void doesNotKnowSinceWhenWithoutAClockOrAMark() {
        assertThat(StockText.parse("now 100\nfile 1 0 idle ab/x\n")
                        .items()
                        .get(0)
                        .unused())
                .isEmpty();
        assertThat(StockText.parse("file 1 99 idle ab/x\n").items().get(0).unused())
                .isEmpty();
    }

    @Test
    void aUseInTheFutureIsOneOfNow() {
        assertThat(StockText.parse("now 100\nfile 1 200 idle ab/x\n")
                        .items()
                        .get(0)
                        .unused())
                .contains(Duration.ZERO);
    }

    @Test
    void nothingIsAnEmptyStock() {
        assertThat(StockText.parse("").items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file 1 2 idle",
                "file x 2 idle a/b",
                "door 1 2 idle a",
                "file 1 2 asleep a",
                "file 1 2 idle a b c"
            })
    void refusesWhatIsNoThing(String line) {
        assertThatThrownBy(() -> StockText.parse("now 1\n" + line)).isInstanceOf(ProtocolViolation.class);
    }
}
