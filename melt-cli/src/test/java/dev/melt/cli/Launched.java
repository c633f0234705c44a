package dev.melt.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One use of MELT inside the test's own process, as {@code main} makes it, and what it left. */
public record Launched(int exitCode, String out, String err) {
    /** With an environment that has a {@code PATH} and nothing else. */
    public static Launched melt(String... args) {
        return with(Map.of(), args);
    }

    /** With {@code home} as {@code MELT_HOME}. */
    public static Launched at(Path home, String... args) {
        return with(Map.of("MELT_HOME", home.toString()), args);
    }

    public static Launched with(Map<String, String> environment, String... args) {
        Map<String, String> whole = new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "HOME", "/nonexistent/home"));
        whole.putAll(environment);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Cli.run(args, InputStream.nullInputStream(), stream(out), stream(err), whole);
        return new Launched(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
