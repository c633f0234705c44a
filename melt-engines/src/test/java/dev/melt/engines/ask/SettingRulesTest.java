package dev.melt.engines.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingRulesTest {
    private static final SettingRules RULES =
            SettingRules.of("some engine").any(Setting.THREADS).taking(Setting.BACKEND, "cpu", "gpu");

    @Test
    void letsPassWhatTheEngineTakes() {
        assertThat(RULES.problem("dev", settings("threads=4", "backend=gpu"))).isEmpty();
    }

    @Test
    void refusesASettingThatTheEngineHasNoOptionFor() {
        assertThat(RULES.problem("dev", settings("threads=4", "pruning=0.5")))
                .hasValueSatisfying(problem -> assertThat(problem.message())
                        .contains("pruning")
                        .contains("some engine")
                        .contains("leave it out"));
    }

    @Test
    void refusesAValueThatTheEngineDoesNotTakeAndNamesThoseItDoes() {
        assertThat(RULES.problem("dev", settings("backend=npu")))
                .hasValueSatisfying(
                        problem -> assertThat(problem.message()).contains("cpu or gpu", "backend=npu found"));
    }

    private static Settings settings(String... assignments) {
        return Settings.parse(List.of(assignments));
    }
}
