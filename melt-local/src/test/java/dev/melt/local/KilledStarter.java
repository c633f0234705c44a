package dev.melt.local;

import dev.melt.core.device.AgentJob;
import dev.melt.testkit.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that starts a job and then waits to be killed, as MELT may be at any moment. */
final class KilledStarter {
    private KilledStarter() {}

    /** Runs {@link #main} in a process group of its own and kills that group once it said that the job runs. */
    static void startAndKill(AgentJob job, Path workdir, List<String> shell) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                KilledStarter.class.getName(),
                workdir.toString(),
                String.join(" ", shell),
                job.trialId()));
        command.addAll(job.command());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = process.inputReader()) {
            String line = lines.readLine();
            if (!"running".equals(line)) {
                throw new IOException("the starter said " + line);
            }
        }
        // the shell's own kill: the program of that name takes the first digit of a negative pid for an option
        new ProcessBuilder("sh", "-c", "kill -s KILL -- \"-$1\"", "sh", Long.toString(process.pid()))
                .start()
                .waitFor(10, TimeUnit.SECONDS);
        process.waitFor(10, TimeUnit.SECONDS);
    }

    public static void main(String[] args) throws InterruptedException {
        List<String> shell = args[1].isEmpty() ? List.of() : List.of(args[1].split(" ", -1));
        AgentJob made =
                Trials.command(List.of(args).subList(3, args.length), Map.of(), Map.of(), Duration.ofMinutes(1));
        AgentJob job = new AgentJob(
                args[2],
                made.command(),
                made.environment(),
                made.inputs(),
                made.telemetry(),
                made.period(),
                made.idle(),
                made.deadline());
        new LocalDeviceDriver(Path.of(args[0]), Path.of("/"), shell).agent().start(job);
        System.out.println("running");
        Thread.sleep(60_000);
    }
}
