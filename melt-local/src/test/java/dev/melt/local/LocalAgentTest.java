package dev.melt.local;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.testkit.AgentConformance;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The agent on this machine, under every shell that it meets on a device. */
class LocalAgentTest {
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class UnderShell implements AgentConformance {
        private final List<String> shell;

        private Path workdir = Path.of("/nonexistent");

        UnderShell(String... shell) {
            this.shell = List.of(shell);
        }

        void needs() {}

        @BeforeAll
        void install(@TempDir Path folder) {
            needs();
            workdir = folder;
            agent().install();
            agent().install();
        }

        @Override
        public Agent agent() {
            return new LocalDeviceDriver(workdir, Path.of("/"), shell).agent();
        }

        @Override
        public void startFromAProcessThatIsKilled(AgentJob job) throws IOException, InterruptedException {
            KilledStarter.startAndKill(job, workdir, shell);
        }
    }

    @Nested
    class UnderTheShellOfItsChoice extends UnderShell {}

    @Nested
    class UnderBash extends UnderShell {
        UnderBash() {
            super("bash");
        }

        @Override
        void needs() {
            DebianPackage.require("bash");
        }
    }

    @Nested
    class UnderDash extends UnderShell {
        UnderDash() {
            super("dash");
        }

        @Override
        void needs() {
            DebianPackage.require("dash");
        }
    }

    @Nested
    class UnderMksh extends UnderShell {
        UnderMksh() {
            super("mksh");
        }

        @Override
        void needs() {
            DebianPackage.require("mksh");
        }
    }

    @Nested
    class UnderBusyboxAsh extends UnderShell {
        UnderBusyboxAsh() {
            super("busybox", "ash");
        }

        @Override
        void needs() {
            DebianPackage.require("busybox");
        }
    }
}
