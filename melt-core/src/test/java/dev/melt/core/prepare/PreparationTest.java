package dev.melt.core.prepare;

import static dev.melt.core.prepare.FakeControls.control;
import static dev.melt.core.prepare.FakeControls.obstructed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Control;
import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final List<Control> CONTROLS = List.of(
            control("awake", "7"),
            control("brightness", "10"),
            control("governor/cpu0", ""),
            control("governor/cpu4", ""),
            obstructed("lock", "held"));

    private static List<String> words(Preparation preparation) {
        return preparation.resolve("pixel8", CONTROLS).stream()
                .map(setting -> setting.name() + "=" + setting.value())
                .toList();
    }

    @Test
    void takesTheUsualSettingsThatCanBeHadInTheOrderOfTheDevice() {
        assertThat(words(Preparation.USUAL)).containsExactly("awake=7", "brightness=10");
    }

    @Test
    void putsWhatWasTypedOverTheProfileAndThatOverTheUsual() {
        Preparation profile = Preparation.of(Map.of("brightness", "64", "awake", "keep"));

        assertThat(words(profile)).containsExactly("brightness=64");
        assertThat(words(profile.with(List.of("brightness=99", "awake=3"))))
                .containsExactly("awake=3", "brightness=99");
    }

    @Test
    void noneTakesBackWhatCameBefore() {
        assertThat(words(Preparation.of(Map.of("brightness", "64")).with(List.of("none,awake=1"))))
                .containsExactly("awake=1");
    }

    @Test
    void aGroupsNameStandsForEachOfItAndOnesOwnNameComesFirst() {
        assertThat(words(Preparation.NONE.with(List.of("governor=performance,governor/cpu4=powersave"))))
                .containsExactly("governor/cpu0=performance", "governor/cpu4=powersave");
    }

    @Test
    void refusesWhatTheDeviceDoesNotHaveOrTake() {
        assertThatThrownBy(() -> words(Preparation.NONE.with(List.of("brightnes=1"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("brightness");
        assertThatThrownBy(() -> words(Preparation.NONE.with(List.of("lock=held"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no root");
        assertThatThrownBy(() -> words(Preparation.NONE.with(List.of("awake=A B"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another");
        assertThatThrownBy(() -> Preparation.NONE.with(List.of("awake")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("KEY=VALUE");
    }
}
