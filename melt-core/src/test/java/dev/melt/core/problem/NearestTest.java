package dev.melt.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NearestTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void putTheLocaleBack() {
        Locale.setDefault(before);
    }

    @Test
    void putsTheMostSimilarFirst() {
        assertThat(Nearest.of("lamma", List.of("gemma", "llama", "phi"))).containsExactly("llama", "gemma");
    }

    @Test
    void countsSwappedNeighboursAsOneError() {
        assertThat(Nearest.of("tiyn", List.of("tiny", "thin"))).startsWith("tiny");
    }

    @Test
    void offersThreeAtTheMost() {
        assertThat(Nearest.of("chat-0", List.of("chat-4", "chat-3", "chat-2", "chat-1")))
                .containsExactly("chat-1", "chat-2", "chat-3");
    }

    @Test
    void offersNamesThatBeginWithWhatWasGiven() {
        assertThat(Nearest.of("conv", List.of("conversations-50", "smoke"))).containsExactly("conversations-50");
    }

    @Test
    void offersNothingThatIsFarAway() {
        assertThat(Nearest.of("tiny", List.of("conversations-50", "gemma"))).isEmpty();
        assertThat(Nearest.of("", List.of("a"))).isEmpty();
        assertThat(Nearest.of("a".repeat(201), List.of("a".repeat(201)))).isEmpty();
    }

    @Test
    void ignoresCaseInEveryLocale() {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));

        assertThat(Nearest.of("TINY", List.of("tiny"))).containsExactly("tiny");
    }
}
