package dev.melt.ios.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.DeviceDriver;
import dev.melt.testkit.AppConformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The app on a simulated iPhone, reached as a run reaches it, keeps to what an agent has to that is an app. */
@TestInstance(Lifecycle.PER_CLASS)
class IphoneAppConformanceTest implements AppConformance {
    private TestIphone phone;
    private DeviceDriver driver;
    private Path model = Path.of("/nonexistent");

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        assumeTrue(Files.exists(TestIphone.WORKER), TestIphone.WORKER + " is made by mvn package");
        phone = TestIphone.start(folder);
        driver = phone.open();
        driver.agent().install();
        model = TestIphone.tiny(folder);
    }

    @AfterAll
    void end() throws IOException {
        if (driver != null) {
            driver.close();
            phone.close();
        }
    }

    @Override
    public void leave() {
        driver.close();
        driver = phone.open();
    }

    @Override
    public Agent agent() {
        return driver.agent();
    }

    @Override
    public Set<String> can() {
        return Set.of(driver.device().facts().getOrDefault("app_can", "").split(" ", -1));
    }

    @Override
    public Path model() {
        return model;
    }

    @Override
    public AgentJob job(String id, String requestJson, Duration deadline) {
        return new AgentJob(
                id,
                List.of("app", "dev.melt.agent"),
                Map.of(),
                Map.of("request.json", requestJson),
                driver.telemetry(),
                Duration.ofMillis(100),
                Duration.ZERO,
                deadline);
    }
}
