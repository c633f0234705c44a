package dev.melt.jetson.ssh;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.DeviceDriver;
import dev.melt.testkit.AgentConformance;
import dev.melt.virtual.board.VirtualBoard;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The agent on a board over OpenSSH's server. */
class SshAgentTest {
    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OnOrin implements AgentConformance {
        @SuppressWarnings("NullAway.Init") // started before the first test
        private TestBoard board;

        @SuppressWarnings("NullAway.Init")
        private DeviceDriver driver;

        @BeforeAll
        void install(@TempDir Path folder) throws Exception {
            board = TestBoard.start("orin-agx", folder, VirtualBoard.Options.PLAIN);
            driver = board.open();
            agent().install();
            agent().install();
        }

        @AfterAll
        void off() throws Exception {
            driver.close();
            board.close();
        }

        @Override
        public Agent agent() {
            return driver.agent();
        }

        /** Worse than a process that is killed: the link goes too, with everything that was going on over it. */
        @Override
        public void startFromAProcessThatIsKilled(AgentJob job) throws IOException {
            agent().start(job);
            board.board().faults().drop();
        }
    }
}
