package dev.melt.engines.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonObjectsTest {
    @Test
    void findsObjectsAmongWordsOnOneLineOrMany() {
        JsonObjects found = JsonObjects.in("log {x} data: {\"a\":\"}{\",\"b\":{\"c\":1}} and {\n \"a\": 2\n}\n");

        assertThat(found.having("a")).hasSize(2);
        assertThat(found.unfinished()).isEmpty();
    }

    @Test
    void tellsAnObjectThatIsNotClosed() {
        JsonObjects found = JsonObjects.in("{\"a\":1}\n{\"timings\":{\"b\":1}");

        assertThat(found.having("a")).hasSize(1);
        assertThat(found.breaksOffIn("\"timings\"")).isTrue();
        assertThat(found.breaksOffIn("\"a\"")).isFalse();
    }

    @Test
    void givesUpOnBracesWithoutEnd() {
        assertThat(JsonObjects.in("{".repeat(200_000) + "}".repeat(200_000)).objects())
                .isEmpty();
    }
}
