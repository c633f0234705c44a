package dev.melt.core.run;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.StatusText;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the agent left of a trial.
 *
 * @param status of the last attempt
 * @param samples of the attempts that have any, oldest first
 * @param lastWords the last lines of the last attempt's stderr
 * @param deaths that the system logged during the last attempt
 */
record RawTrial(AgentStatus status, List<SamplesFile> samples, List<String> lastWords, Deaths deaths) {
    /** Of the agent; and of the host, where it asks the device's services beside an agent that cannot. */
    private static final List<String> SAMPLES = List.of("samples.tsv", "samples.host.tsv");

    private static final int WORDS = 40;

    static RawTrial read(List<Path> folders) {
        Path last = folders.get(folders.size() - 1);
        List<SamplesFile> samples = new ArrayList<>();
        for (Path folder : folders) {
            for (String name : SAMPLES) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    samples.add(SamplesFile.read(folder.resolve(name)));
                }
            }
        }
        return new RawTrial(status(last), samples, FileTail.lines(last.resolve("stderr"), WORDS), Deaths.of(last));
    }

    /** How the attempt that left this folder ended. */
    static AgentStatus status(Path folder) {
        try {
            return StatusText.parse(Files.readString(folder.resolve("status"))).asLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The series of all attempts, each channel in one piece. */
    List<Series> series() {
        return SeriesJoin.of(samples.stream().map(SamplesFile::series).toList());
    }
}
