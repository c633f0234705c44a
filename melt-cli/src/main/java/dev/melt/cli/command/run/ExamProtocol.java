package dev.melt.cli.command.run;

import dev.melt.core.engine.Settings;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an examination is carried out: once, without regard to how warm or busy the device is. */
final class ExamProtocol {
    private static final Duration SAMPLING = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofDays(11);

    @Option(names = "--threads", paramLabel = "N", description = "threads of the engine (default: all cores)")
    private @Nullable String threads;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "an engine setting, such as context=4096; 'melt engines --settings' lists them")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "TIME", description = "of one task (default: 24h)")
    private String timeout = "24h";

    Protocol protocol() {
        return new Protocol(1, 0, false, 42, SAMPLING, Duration.ZERO, Duration.ZERO, deadline(), GateLimits.OPEN);
    }

    private Duration deadline() {
        Duration deadline = Durations.parse("--timeout", timeout);
        if (deadline.isZero() || deadline.compareTo(LONGEST) > 0) {
            throw new InvalidInputException(
                    "--timeout " + timeout, "a time above zero, 264h at most, expected", "found another", "correct it");
        }
        return deadline;
    }

    Settings settings() {
        List<String> all = new ArrayList<>();
        if (threads != null) {
            all.add("threads=" + threads);
        }
        all.addAll(settings);
        return Settings.parse(all);
    }
}
