package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkPatienceTest {
    private final List<String> told = new ArrayList<>();
    private final StopSignal stop = new StopSignal();
    private int calls;

    @Test
    void doesItAgainWhenTheLinkIsBack() {
        assertThat(patience(Duration.ofMinutes(1)).get(() -> failing(1, new DeviceException.LinkLost("cable", null))))
                .isEqualTo(2);
        assertThat(told).containsExactly("cable");
    }

    @Test
    void doesNotRepeatWhatIsNotSafe() {
        assertThatThrownBy(() -> patience(Duration.ofMinutes(1))
                        .get(() -> failing(1, new DeviceException.Unauthorised("locked", null))))
                .isInstanceOf(DeviceException.Unauthorised.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void givesUpAtTheDeadline() {
        assertThatThrownBy(() -> patience(Duration.ofMillis(500))
                        .get(() -> failing(9, new DeviceException.TimedOut("mute", null))))
                .isInstanceOf(DeviceException.TimedOut.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void theTimeBeforeTheBreakDoesNotCount() {
        assertThat(patience(Duration.ofMillis(1500)).get(() -> {
                    stop.await(Duration.ofSeconds(2));
                    return failing(1, new DeviceException.LinkLost("cable", null));
                }))
                .isEqualTo(2);
    }

    @Test
    void aPersonWhoWantsTheEndIsNotKeptWaiting() {
        stop.raise();

        assertThatThrownBy(() -> patience(Duration.ofMinutes(1))
                        .get(() -> failing(9, new DeviceException.LinkLost("cable", null))))
                .isInstanceOf(DeviceException.LinkLost.class);
        assertThat(told).isEmpty();
    }

    private LinkPatience patience(Duration deadline) {
        return new LinkPatience(deadline, stop, e -> told.add(e.getMessage()));
    }

    private int failing(int times, DeviceException fault) {
        calls++;
        if (calls <= times) {
            throw fault;
        }
        return calls;
    }
}
