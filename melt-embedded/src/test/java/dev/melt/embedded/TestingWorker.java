package dev.melt.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts real workers in a folder and reads what they leave. */
final class TestingWorker {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Path NATIVES = Path.of(System.getProperty("java.io.tmpdir"));

    private final Path folder;

    TestingWorker(Path folder) {
        this.folder = folder;
    }

    /** What a worker left. */
    record Result(int exitCode, List<Fields> events, String errors) {
        List<Fields> all(String kind) {
            return events.stream()
                    .filter(event -> event.requiredText("e").equals(kind))
                    .toList();
        }

        Fields only(String kind) {
            assertThat(all(kind)).as("%s in %s", kind, errors).hasSize(1);
            return all(kind).get(0);
        }

        List<Long> ids(int turn) {
            return all("token").stream()
                    .filter(token -> number(token, "turn") == turn)
                    .map(token -> number(token, "id"))
                    .toList();
        }
    }

    static long number(Fields event, String name) {
        return event.value(name).map(Long.class::cast).orElseThrow();
    }

    static double decimal(Fields event, String name) {
        return event.value(name).map(Number.class::cast).orElseThrow().doubleValue();
    }

    /** Single quotes stand for double ones. */
    Result run(String request, String... before) {
        Process process = start(request, before);
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("worker not done after " + DEADLINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return result(process.exitValue());
    }

    Process start(String request, String... before) {
        List<String> command = new ArrayList<>(List.of(before));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Main.class.getName(), "run", "--request", "request.json", "--events", "events.jsonl"));
        command.addAll(List.of("--native-dir", NATIVES.toString()));
        try {
            Files.writeString(folder.resolve("request.json"), request.replace('\'', '"'));
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result result(int exitCode) {
        try {
            List<Fields> events = new ArrayList<>();
            Path line = folder.resolve("line");
            for (String text : lines()) {
                events.add(new Fields("event", JsonTree.read(Files.writeString(line, text))));
            }
            return new Result(exitCode, events, Files.readString(folder.resolve("stderr")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line that is there, the last one whole or not. */
    List<String> lines() throws IOException {
        Path events = folder.resolve("events.jsonl");
        return Files.exists(events) ? Files.readAllLines(events) : List.of();
    }

    String raw() throws IOException {
        return Files.readString(folder.resolve("events.jsonl"));
    }

    static Object list(Fields event, String name) {
        return event.value(name).orElse(Map.of());
    }
}
