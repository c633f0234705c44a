package dev.melt.virtual.ios.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
    private static final String HASH = Sha256.of("abc");

    @TempDir
    Path folder;

    private AppBench bench;
    private Path file;

    @BeforeEach
    void makeFolder() throws IOException {
        bench = new AppBench(folder.resolve("Documents"));
        file = Files.createDirectories(bench.melt.resolve("store").resolve(HASH))
                .resolve("model.gguf");
    }

    private Path beside(String ending) {
        return file.resolveSibling("model.gguf." + ending);
    }

    private void seal() throws IOException, InterruptedException {
        bench.job("{\"melt-app\":1,\"job\":\"seal\",\"sha256\":\"" + HASH + "\",\"name\":\"model.gguf\"}");
        bench.live();
    }

    @Test
    void marksWhatIsWhole() throws Exception {
        Files.writeString(file, "abc");
        Files.writeString(beside("bad"), "of an earlier try");
        long before = Instant.now().getEpochSecond();
        seal();
        assertThat(Files.readAllLines(beside("ok"))).first().isEqualTo("3");
        assertThat(Long.parseLong(Files.readAllLines(beside("ok")).get(1))).isBetween(before, before + 60);
        assertThat(beside("bad")).doesNotExist();
        assertThat(file).hasContent("abc");
    }

    @Test
    void removesOtherContentAndSaysWhatItWas() throws Exception {
        Files.writeString(file, "abd");
        seal();
        assertThat(beside("ok")).doesNotExist();
        assertThat(file).doesNotExist();
        assertThat(beside("bad")).content().isEqualTo(Sha256.of("abd") + "\n");
    }

    @Test
    void saysThatThereIsNothingToHash() throws Exception {
        seal();
        assertThat(beside("bad")).content().isEqualTo("missing\n");
    }

    @Test
    void hashesOnceAndAgainAfterAChange() throws Exception {
        Files.writeString(file, "abc");
        seal();
        FileTime marked = Files.getLastModifiedTime(beside("ok"));
        seal();
        assertThat(Files.getLastModifiedTime(beside("ok"))).isEqualTo(marked);
        Files.writeString(file, "abd");
        Files.setLastModifiedTime(file, FileTime.from(marked.toInstant().plusSeconds(5)));
        seal();
        assertThat(beside("ok")).doesNotExist();
        assertThat(beside("bad")).exists();
    }
}
