package dev.melt.android.adb;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.testkit.AgentConformance;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The agent on a phone over Debian's adb server. */
class AdbAgentTest {
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OnPhone implements AgentConformance {
        private final TestPhone.Kind kind;
        private @Nullable TestPhone phone;
        private @Nullable Agent agent;

        OnPhone(TestPhone.Kind kind) {
            this.kind = kind;
        }

        @BeforeAll
        void install(@TempDir Path folder) throws Exception {
            phone = TestPhone.connected(folder, kind);
            agent = phone.open().agent();
            agent().install();
            agent().install();
        }

        @AfterAll
        void off() throws Exception {
            if (phone != null) {
                phone.close();
            }
        }

        @Override
        public Agent agent() {
            if (agent == null) {
                throw new IllegalStateException("not installed");
            }
            return agent;
        }

        /** Worse than a process that is killed: the server goes too, with every stream to the phone. */
        @Override
        public void startFromAProcessThatIsKilled(AgentJob job) throws IOException, InterruptedException {
            agent().start(job);
            if (phone != null) {
                phone.adb("kill-server");
            }
        }
    }

    @Nested
    class WithShellV2 extends OnPhone {
        WithShellV2() {
            super(TestPhone.Kind.NEW);
        }
    }

    @Nested
    class WithoutShellV2 extends OnPhone {
        WithoutShellV2() {
            super(TestPhone.Kind.OLD);
        }
    }
}
