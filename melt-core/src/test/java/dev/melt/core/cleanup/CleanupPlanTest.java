package dev.melt.core.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.StockItem.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CleanupPlanTest {
    private static final long ROOMY = 1_000_000;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void keepsWhatIsWithinTheQuota() {
        List<StockItem> items = List.of(file("old", 600, DAY), file("new", 400, HOUR));

        assertThat(gone(HostClaims.NONE, 1000, items)).isEmpty();
        assertThat(gone(HostClaims.NONE, 999, items)).containsExactly("old");
    }

    @Test
    void whatWasUsedLeastRecentlyGoesFirst() {
        List<StockItem> items = List.of(
                file("a", 100, HOUR), file("b", 100, DAY), bundle("c", 100, DAY.plus(HOUR)), file("d", 100, HOUR));

        assertThat(gone(HostClaims.NONE, 250, items)).containsExactly("b", "c");
    }

    @Test
    void whatWasNeverSeenInUseGoesBeforeAll() {
        StockItem unknown = new StockItem(Kind.FILE, "x", 100, Optional.empty(), false, Set.of());

        assertThat(gone(HostClaims.NONE, 150, List.of(file("a", 100, DAY.multipliedBy(900)), unknown)))
                .containsExactly("x");
    }

    @Test
    void whatIsInUseStaysWhateverTheQuota() {
        StockItem busy = new StockItem(Kind.FILE, "x", 100, Optional.of(DAY), true, Set.of());

        assertThat(gone(HostClaims.NONE, 0, List.of(busy, file("a", 100, HOUR))))
                .containsExactly("a");
    }

    @Test
    void whatStaysAnywayCountsAgainstTheQuota() {
        StockItem busy = new StockItem(Kind.FILE, "x", 900, Optional.of(DAY), true, Set.of());

        assertThat(gone(HostClaims.NONE, 1000, List.of(busy, file("a", 100, HOUR))))
                .isEmpty();
        assertThat(gone(HostClaims.NONE, 999, List.of(busy, file("a", 100, HOUR))))
                .containsExactly("a");
    }

    @Test
    void brokenCopiesGoUnlessTheyMayStillBeArriving() {
        List<StockItem> items = List.of(
                item(Kind.PART, "fresh", HOUR.minusSeconds(1)),
                item(Kind.PART, "stale", HOUR),
                new StockItem(Kind.PART, "ageless", 1, Optional.empty(), false, Set.of()));

        assertThat(gone(HostClaims.NONE, ROOMY, items)).containsExactly("ageless", "stale");
    }

    @Test
    void otherVersionsOfTheAgentGo() {
        StockItem own = new StockItem(Kind.AGENT, "own", 1, Optional.of(DAY), true, Set.of());

        assertThat(gone(HostClaims.NONE, ROOMY, List.of(own, item(Kind.AGENT, "other", HOUR))))
                .containsExactly("other");
    }

    @Test
    void aTrialThatIsNotCollectedStaysHoweverOldItIs() {
        HostClaims claims = new HostClaims(Map.of("r1-t000", "r1"), Set.of("r1-t001"), Map.of());
        List<StockItem> items = List.of(
                item(Kind.TRIAL, "r1-t000-a1", DAY.multipliedBy(30)),
                item(Kind.TRIAL, "r1-t000-a2", DAY.multipliedBy(30)),
                item(Kind.TRIAL, "r1-t001-a1", Duration.ZERO));

        assertThat(gone(claims, 0, items)).containsExactly("r1-t001-a1");
    }

    @Test
    void anotherHostHasADayToComeBackForItsTrial() {
        List<StockItem> items = List.of(
                item(Kind.TRIAL, "fresh", DAY.minusSeconds(1)),
                item(Kind.TRIAL, "stale", DAY),
                new StockItem(Kind.TRIAL, "ageless", 1, Optional.empty(), false, Set.of()));

        assertThat(gone(HostClaims.NONE, 0, items)).containsExactly("stale");
    }

    @Test
    void aModelOfARunThatGoesOnStaysForAWeek() {
        HostClaims claims = new HostClaims(Map.of(), Set.of(), Map.of("aa", "r1", "bb", "r1", "cc", "r1"));
        List<StockItem> items = List.of(
                file("aa/model.gguf", 100, DAY.multipliedBy(7).minusSeconds(1)),
                bundle("bb", 100, HOUR),
                file("cc/model.gguf", 100, DAY.multipliedBy(7)));

        assertThat(gone(claims, 0, items)).containsExactly("cc/model.gguf");
    }

    @Test
    void aStoredFileGoesAfterTheBundleThatHoldsAFurtherNameOfIt() {
        StockItem bundle = new StockItem(Kind.BUNDLE, "b", 0, Optional.of(HOUR), false, Set.of("s/lib"));
        List<StockItem> items = List.of(file("s/lib", 500, DAY), bundle, file("model", 500, HOUR.plusSeconds(1)));

        assertThat(gone(HostClaims.NONE, 500, items)).containsExactly("model");
        assertThat(gone(HostClaims.NONE, 499, items)).containsExactly("b", "model", "s/lib");
    }

    private static List<String> gone(HostClaims claims, long quota, List<StockItem> items) {
        return CleanupPlan.of(new Stock(items, OptionalLong.empty()), claims, quota).choices().stream()
                .filter(Choice::goes)
                .map(choice -> choice.item().name())
                .sorted()
                .toList();
    }

    private static StockItem item(Kind kind, String name, Duration unused) {
        return new StockItem(kind, name, 1, Optional.of(unused), false, Set.of());
    }

    private static StockItem file(String name, long bytes, Duration unused) {
        return new StockItem(Kind.FILE, name, bytes, Optional.of(unused), false, Set.of());
    }

    private static StockItem bundle(String name, long bytes, Duration unused) {
        return new StockItem(Kind.BUNDLE, name, bytes, Optional.of(unused), false, Set.of());
    }
}
