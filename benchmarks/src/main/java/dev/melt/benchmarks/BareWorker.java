package dev.melt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The worker with the very request and command line that MELT gave it, without agent, sampler and MELT. */
final class BareWorker {
    private BareWorker() {}

    /** How long the process took from start to end, the wait before the engine left out, and what its events say. */
    record Run(double seconds, WorkerTimes times) {}

    static Run run(Workbench bench, Path attempt) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(bench.scratch(), "bare");
        Files.copy(attempt.resolve("request.json"), folder.resolve("request.json"));
        List<String> script = new ArrayList<>(Files.readAllLines(attempt.resolve("command")));
        script.removeIf(line -> line.startsWith("cd ") || line.startsWith("sleep "));
        Files.write(folder.resolve("command"), script);
        // a session of its own, as the agent gives it: a scheduler that weighs sessions must treat both alike
        Program.Run run = Program.run(List.of("setsid", "-w", "sh", "./command"), Map.of(), folder);
        WorkerTimes times = WorkerTimes.read(folder.resolve("events.jsonl"));
        Workbench.delete(folder);
        return new Run(run.seconds(), times);
    }
}
