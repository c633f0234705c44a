package dev.melt.cli;

import dev.melt.core.bundle.BundleRegistry;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Devices;
import dev.melt.core.device.DriverContext;
import dev.melt.core.home.Home;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command has of the world: streams, environment, places. Made once for each use of MELT; used by one thread.
 * Nothing in a command reads {@code System.in}, {@code System.out} or {@code System.getenv} itself.
 */
public final class Session {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final GlobalOptions options;
    private final List<String> commandLine;

    Session(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            GlobalOptions options,
            List<String> commandLine) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.options = options;
        this.commandLine = List.copyOf(commandLine);
    }

    /** What was typed after {@code melt}, one argument an element. */
    public List<String> commandLine() {
        return commandLine;
    }

    public InputStream in() {
        return in;
    }

    /** For results; nothing else goes there, so that it can be piped. */
    public PrintStream out() {
        return out;
    }

    /** For progress, warnings and errors. */
    public PrintStream err() {
        return err;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public boolean quiet() {
        return options.quiet();
    }

    /** Writes a line about progress, unless the person asked for quiet. */
    public void say(String line) {
        if (!quiet()) {
            err.println(PlainText.oneLine(line));
        }
    }

    /** What reads the results. */
    public Terminal terminal() {
        return Terminal.of(Terminal.OUT, environment, !options.noColor());
    }

    /** What reads progress and errors. */
    public Terminal progressTerminal() {
        return Terminal.of(Terminal.ERR, environment, !options.noColor());
    }

    /** Where MELT keeps its state: {@code --home}, else {@code MELT_HOME}, else {@code .melt} in the user's home. */
    public Path home() {
        return options.home()
                .or(() -> Optional.ofNullable(environment.get("MELT_HOME")).filter(value -> !value.isBlank()))
                .map(given -> path("MELT's home", given))
                .orElseGet(() -> userHome().resolve(".melt"));
    }

    /** The home with its folders, made where they are missing; refused with a remedy when it cannot be written. */
    public Home openHome() {
        return Home.at(home());
    }

    /** The bundles in this home; makes no folder. */
    public BundleRegistry bundles() {
        return new BundleRegistry(home().resolve("bundles"));
    }

    /** The configurations that this use of MELT sees. */
    public ConfigFiles configs() {
        return ConfigFiles.inUsualPlaces(
                options.configs().map(given -> path("--configs", given)), home(), workingDirectory());
    }

    /** What drivers may know. */
    public DriverContext driverContext() {
        return new DriverContext(home(), environment, () -> Devices.profiles(configs()));
    }

    public Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }

    /** A path as a person typed it, made absolute; {@code subject} names the option for the complaint. */
    public Path path(String subject, String given) {
        if (given.isBlank()) {
            throw new InvalidInputException(subject, "a path needed", "it is empty", "give one or leave it out");
        }
        try {
            return workingDirectory().resolve(given).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidInputException(subject, "a path needed", e.getReason() + " in " + given, "correct it");
        }
    }

    private Path userHome() {
        return path("HOME", environment.getOrDefault("HOME", System.getProperty("user.home", ".")));
    }
}
