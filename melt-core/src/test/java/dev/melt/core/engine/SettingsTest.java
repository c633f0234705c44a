package dev.melt.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void laterOnesReplaceEarlierOnes() {
        Settings base = Settings.parse(List.of("threads=2", "batch=64"));

        assertThat(base.with(Settings.parse(List.of("threads=4"))).byKey())
                .containsEntry("threads", "4")
                .containsEntry("batch", "64");
    }

    @Test
    void offersTheNearestName() {
        assertThatThrownBy(() -> Settings.parse(List.of("thread=2")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean threads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads=0",
                "threads=-1",
                "threads=2.5",
                "threads=",
                "threads",
                "=4",
                "mmap=yes",
                "temperature=NaN",
                "temperature=-1",
                "cache_type_k=f16;rm",
                "seed=99999999999999999999"
            })
    void refusesValuesOfTheWrongForm(String assignment) {
        assertThatThrownBy(() -> Settings.parse(List.of(assignment))).isInstanceOf(InvalidInputException.class);
    }
}
