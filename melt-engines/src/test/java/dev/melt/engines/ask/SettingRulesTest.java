package dev.melt.engines.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingRulesTest {
    private static final SettingRules RULES =
            SettingRules.of("some engine").taking(Setting.THREADS).taking(Setting.BACKEND, "cpu", "gpu");

    @Test
    void letsPassWhatTheEngineTakes() {
        assertThat(RULES.problem(settings("threads=4", "backend=gpu"))).isEmpty();
    }

    @Test
    void refusesASettingThatTheEngineHasNoOptionFor() {
        assertThat(RULES.problem(settings("threads=4", "pruning=0.5")))
                .hasValueSatisfying(problem ->
                        assertThat(problem.message()).contains("pruning").contains("some engine has no option for it"));
    }

    @Test
    void refusesAValueThatTheEngineDoesNotTakeAndNamesThoseItDoes() {
        assertThat(RULES.problem(settings("backend=npu")))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("cpu or gpu", "found npu"));
    }

    private static Settings settings(String... assignments) {
        return Settings.parse(List.of(assignments));
    }
}
