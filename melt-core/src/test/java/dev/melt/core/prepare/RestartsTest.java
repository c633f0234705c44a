package dev.melt.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.ExecResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final List<String> done = new ArrayList<>();

    /** A device on which any value takes a restart. */
    private final DeviceControls board = new DeviceControls() {
        @Override
        public List<Control> all() {
            return List.of();
        }

        @Override
        public Map<String, Optional<String>> read(Collection<String> names) {
            return Map.of();
        }

        @Override
        public ExecResult set(String name, Optional<String> value) {
            done.add("set " + name);
            return new ExecResult(NEEDS_RESTART, "", "takes a restart", Duration.ZERO);
        }

        @Override
        public ExecResult setByRestart(String name, Optional<String> value, Duration atMost) {
            done.add("restarted for " + name);
            return new ExecResult(0, "", "", Duration.ZERO);
        }
    };

    @Test
    void nothingIsRestartedUnlessThatWasAllowed() {
        ExecResult answer = Restarts.NONE.set(board, "power_mode", Optional.of("15W"));

        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.words()).contains("takes a restart").contains("--allow-restart");
        assertThat(done).containsExactly("set power_mode");
    }

    @Test
    void itIsToldBeforeADeviceIsRestarted() {
        Restarts restarts = new Restarts(true, reason -> done.add("told " + reason));

        assertThat(restarts.set(board, "power_mode", Optional.of("15W")).succeeded())
                .isTrue();
        assertThat(done).containsExactly("set power_mode", "told power_mode=15W", "restarted for power_mode");
    }
}
