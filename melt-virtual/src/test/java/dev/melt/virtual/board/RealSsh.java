package dev.melt.virtual.board;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's OpenSSH client, with the configuration that a board has written and with nobody to ask. */
record RealSsh(VirtualBoard board, Path folder) {
    private static final long SECONDS = 60;

    /** What it said; {@code output} is the file with {@code text}. */
    record Said(int exitCode, Path output, String text, String error) {}

    /** What a command says that has to succeed. */
    String text(String command) throws Exception {
        Said said = run(command);
        if (said.exitCode() != 0) {
            throw new AssertionError(command + ": exit " + said.exitCode() + ", " + said.text() + said.error());
        }
        return said.text();
    }

    Said run(String command) throws Exception {
        return run(command, new byte[0]);
    }

    Said run(String command, byte[] input) throws Exception {
        return program("ssh", List.of(board.alias(), command), input);
    }

    Said copy(String from, String to) throws Exception {
        return program("scp", List.of("-q", from, to), new byte[0]);
    }

    /** One that goes on; the caller ends it. */
    Process start(String command) throws Exception {
        List<String> line = line("ssh", List.of(board.alias(), command));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "ssh", ".txt").toFile())
                .start();
    }

    private Said program(String name, List<String> arguments, byte[] input) throws Exception {
        Path in = Files.write(Files.createTempFile(folder, name, ".in"), input);
        Path out = Files.createTempFile(folder, name, ".out");
        Path error = Files.createTempFile(folder, name, ".err");
        Process process = new ProcessBuilder(line(name, arguments))
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(
                process.waitFor(),
                out,
                new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                Files.readString(error));
    }

    private List<String> line(String name, List<String> arguments) {
        List<String> line =
                new ArrayList<>(List.of(name, "-F", board.sshConfig().toString(), "-o", "BatchMode=yes"));
        line.addAll(arguments);
        return line;
    }
}
