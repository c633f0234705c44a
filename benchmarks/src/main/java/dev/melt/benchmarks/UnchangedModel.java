package dev.melt.benchmarks;

import dev.melt.android.adb.AdbDeviceDriver;
import dev.melt.core.agent.AgentScript;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.virtual.android.VirtualAndroid.Options;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a model costs that is on the phone already. */
final class UnchangedModel implements Benchmark {
    private static final int ROUNDS = 7;
    private static final long BYTES = 4_000_000_000L;
    private static final String NAME = "model.gguf";
    private static final Duration HASHING = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "unchanged";
    }

    @Override
    public String question() {
        return "Agent.store of a file of 4 GB that lies on the virtual phone already, opening the device beside it";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        Path file = hole(bench.scratch().resolve(NAME));
        String sha256 = Sha256.of(file, ByteProgress.NONE);
        List<Double> store = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        try (PhoneBench phone = new PhoneBench(bench, Options.PLAIN)) {
            seal(phone, sha256);
            for (int round = 0; round < ROUNDS; round++) {
                bench.awaitQuiet();
                long start = System.nanoTime();
                DeviceDriver driver = phone.open();
                driver.agent().install();
                long open = System.nanoTime();
                driver.agent().store(file, sha256, TransferListener.NONE);
                long end = System.nanoTime();
                store.add((end - open) / 1e9);
                whole.add((end - start) / 1e9);
            }
        }
        return List.of(
                Figure.of("store of 4 GB that are there", store, "s", Target.atMost(1)),
                Figure.note("the same, device opened and agent looked for", whole, "s"));
    }

    /** Puts the file there without the link, and lets the phone hash all of it, as after a push. */
    private static void seal(PhoneBench phone, String sha256) throws IOException {
        DeviceDriver driver = phone.open();
        driver.agent().install();
        String workdir = AdbDeviceDriver.WORKDIR;
        String folder = workdir + "/store/" + sha256;
        require(driver.exec(List.of("mkdir", "-p", folder), HASHING));
        hole(phone.phone().onHost(folder + "/" + NAME));
        require(driver.exec(
                List.of("sh", AgentScript.current().path(workdir), "-w", workdir, "seal", sha256, NAME), HASHING));
    }

    private static void require(ExecResult answer) throws IOException {
        if (!answer.succeeded()) {
            throw new IOException("exit " + answer.exitCode() + ": " + answer.stderr());
        }
    }

    /** Takes no room on a disk, and all of it is read by whoever hashes it. */
    private static Path hole(Path file) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(BYTES);
        }
        return file;
    }
}
