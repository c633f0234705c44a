package dev.melt.virtual.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's adb with a server of its own, beside any other. */
final class RealAdb {
    static final Path PROGRAM = Path.of("/usr/bin/adb");

    record Said(int exitCode, String text) {}

    private final Path folder;
    private final int port;

    RealAdb(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    /** Connects, and waits until the phone is there. */
    void connect(VirtualAndroid phone) throws Exception {
        run("connect", phone.address());
        await(phone.address() + "\tdevice");
    }

    /** Waits until the list of devices says so. */
    void await(String inList) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!run("devices").text().contains(inList) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(run("devices").text()).contains(inList);
    }

    /** What a command on a phone says, carriage returns left out. */
    String shell(VirtualAndroid phone, String command) throws Exception {
        return on(phone, "shell", command).text().replace("\r", "");
    }

    Said on(VirtualAndroid phone, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("-s", phone.address()));
        line.addAll(List.of(arguments));
        return run(line.toArray(String[]::new));
    }

    Said run(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(PROGRAM.toString(), "-P", Integer.toString(port)));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Path out = Files.createTempFile(folder, "adb", ".txt");
        Process process = builder.redirectOutput(out.toFile()).start();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readString(out, StandardCharsets.UTF_8));
    }

    /** Ends its server. */
    void end() throws Exception {
        run("kill-server");
    }
}
