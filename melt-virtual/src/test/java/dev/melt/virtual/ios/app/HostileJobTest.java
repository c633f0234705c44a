package dev.melt.virtual.ios.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.AgentStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileJobTest {
    @TempDir
    Path folder;

    private AppBench bench;

    @BeforeEach
    void makeFolder() throws IOException {
        bench = new AppBench(folder.resolve("Documents"));
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "17",
                "\u0000\u00ff",
                "{\"melt-app\":1}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"../../x\",\"period_us\":1000,\"deadline_ms\":1,\"keys\":[]}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"\"}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":{\"a\":1}}",
                "{\"melt-app\":1,\"job\":\"seal\",\"sha256\":\"..\",\"name\":\"x\"}",
                "{\"melt-app\":1,\"job\":\"seal\",\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"name\":\"../../job.json\"}",
                "{\"melt-app\":1,\"job\":\"seal\",\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"name\":\"..\"}"
            })
    void justEndsWhereThereIsNobodyToTell(String job) throws Exception {
        bench.job(job);
        bench.live();
        assertThat(tree())
                .containsExactly("Documents", "Documents/melt", "Documents/melt/app.json", "Documents/melt/job.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"melt-app\":2,\"job\":\"trial\",\"trial\":\"t1\"}",
                "{\"melt-app\":1,\"job\":\"dance\",\"trial\":\"t1\"}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\"}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":0,\"deadline_ms\":1,\"keys\":[]}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":1e99,\"deadline_ms\":1,\"keys\":[]}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":1000,\"deadline_ms\":99999999999999999999999,\"keys\":[]}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":1000,\"deadline_ms\":-5,\"keys\":[]}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":1000,\"deadline_ms\":5,\"keys\":[1]}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":1000,\"deadline_ms\":5,\"keys\":\"footprint\"}",
                "{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"t1\",\"period_us\":1000,\"deadline_ms\":5,\"keys\":[\"footprint\"]}"
            })
    void saysWhyATrialCannotBe(String job) throws Exception {
        bench.job(job);
        bench.live();
        assertThat(bench.status("t1").state()).isEqualTo(State.FINISHED);
        assertThat(bench.status("t1").exitCode()).hasValue(65);
        assertThat(bench.melt.resolve("trials/t1/stderr")).content().isNotBlank();
        assertThat(bench.melt.resolve("trials/t1/events.jsonl")).doesNotExist();
    }

    @Test
    void leavesATrialAloneThatWasStartedBefore() throws Exception {
        Path trial = Files.createDirectories(bench.melt.resolve("trials/t1"));
        Files.writeString(trial.resolve("status"), "state=RUNNING\n");
        bench.job("{\"melt-app\":1,\"job\":\"dance\",\"trial\":\"t1\"}");
        bench.live();
        assertThat(trial.resolve("status")).content().isEqualTo("state=RUNNING\n");
        assertThat(trial.resolve("stderr")).doesNotExist();
    }

    @Test
    void doesNotFollowALinkOutOfItsFolder() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(bench.melt.resolve("trials"));
        Files.createSymbolicLink(bench.melt.resolve("trials/t1"), outside);
        bench.job("{\"melt-app\":1,\"job\":\"dance\",\"trial\":\"t1\"}");
        assertThat(bench.launch().waitFor()).isEqualTo(-6);
        assertThat(outside).isEmptyDirectory();
    }
}
