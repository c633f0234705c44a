package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.Settings;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.model.Model;
import dev.melt.core.prepare.UsbPower;
import dev.melt.core.prepare.WantedSetting;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    @Test
    void aPlanComesBackAsItWasStored() {
        Script script = new Script(
                List.of(new Conversation(
                        3, true, List.of(new Request.Text("Why? \u2028", 8), new Request.Tokens(64, 32, 7)))),
                Optional.of(Duration.ofMinutes(10)),
                OptionalInt.empty());
        Cell cell = new Cell(
                "f00",
                "local",
                "embedded",
                "abc",
                new Model(
                        "tiny",
                        Path.of("/m/tiny model.gguf"),
                        "llama",
                        15,
                        "Q4_0",
                        9,
                        Optional.of("dd"),
                        Optional.of(new Model.Synthetic("tiny", 42))),
                "chat",
                script,
                Settings.parse(List.of("threads=2", "temperature=0.7")),
                List.of(new WantedSetting("power_mode", "15W")));
        Protocol protocol = new Protocol(
                        5,
                        1,
                        true,
                        9,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        Duration.ofHours(1),
                        GateLimits.OPEN.with(List.of("skin=36.5,rise=1,charging=0,timeout=300,reboot=1")))
                .prepared(List.of(new WantedSetting("screen_brightness", "10")))
                .onLink(Duration.ofMinutes(3), Optional.of(new UsbPower("hub off", "hub on")), true);
        RunPlan plan = RunPlan.of("local", List.of(cell), protocol);

        assertThat(PlanJson.read("r1", PlanJson.write(plan))).isEqualTo(plan);
    }
}
