package dev.melt.cli.command.run;

import dev.melt.core.device.DeviceProfile;
import dev.melt.core.engine.Settings;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How trials are carried out and what the engine is asked for, as options of a command. */
final class RunOptions {
    private static final double USUAL_HZ = 10;
    private static final long USUAL_SEED = 42;
    private static final String USUAL_IDLE = "500ms";
    private static final String IDLE_TO_SETTLE = "10s";

    @Option(names = "--trials", paramLabel = "N", description = "trials that count, of each cell (default: 5)")
    private int trials = 5;

    @Option(names = "--warmups", paramLabel = "N", description = "uncounted trials of each cell before them")
    private int warmups;

    @Option(names = "--per-op", description = "one more trial of each cell that times every operator")
    private boolean perOperator;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of the trials' order, of prompts made of tokens, and of sampling (default: 42)")
    private @Nullable Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "threads of the engine (default: all cores)")
    private @Nullable String threads;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "an engine setting, such as ubatch=256; 'melt engines --settings' lists them")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--hz",
            paramLabel = "RATE",
            description = "ticks of the sampler in a second, 0.1 to 100 (default: 10)")
    private @Nullable Double hertz;

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            description =
                    "how long power and load are sampled before and after the engine (default: 500ms; 10s with --usb-off)")
    private @Nullable String idle;

    @Option(names = "--cooldown", paramLabel = "TIME", description = "wait before every trial but the first")
    private String cooldown = "0s";

    @Option(names = "--timeout", paramLabel = "TIME", description = "of one trial (default: 1h)")
    private String timeout = "1h";

    @Option(
            names = "--gate",
            paramLabel = "LIMITS",
            description = "what must hold before a trial, before what the device's profile says: skin=35,rise=0.5,"
                    + "battery=0.4,plugged=0,memory=2e9,cap=0.9,timeout=300,reboot=1, or rise=off; all words are in"
                    + " docs/reference/configuration.md")
    private List<String> gate = new ArrayList<>();

    /**
     * How trials are carried out on a device.
     *
     * @param powerIsCut whether power over USB is cut before the engine begins, and its gauge has to settle
     */
    Protocol protocol(Optional<DeviceProfile> profile, boolean powerIsCut) {
        if (trials < 1 || trials > 10_000 || warmups < 0 || warmups > 1000) {
            throw new InvalidInputException(
                    "--trials " + trials + " --warmups " + warmups,
                    "1 to 10000 trials and 0 to 1000 warm-ups expected",
                    "found other numbers",
                    "five trials are enough for an interval");
        }
        GateLimits limits =
                profile.flatMap(DeviceProfile::gate).map(GateLimits::of).orElse(GateLimits.OPEN);
        return new Protocol(
                trials,
                warmups,
                perOperator,
                seed == null ? USUAL_SEED : seed,
                period(profile),
                Durations.parse("--idle", idle != null ? idle : powerIsCut ? IDLE_TO_SETTLE : USUAL_IDLE),
                Durations.parse("--cooldown", cooldown),
                deadline(),
                gate.isEmpty() ? limits : limits.with(gate));
    }

    private Duration deadline() {
        Duration deadline = Durations.parse("--timeout", timeout);
        if (deadline.isZero()) {
            throw new InvalidInputException(
                    "--timeout " + timeout, "a time above zero expected", "none found", "leave it out for one hour");
        }
        return deadline;
    }

    private Duration period(Optional<DeviceProfile> profile) {
        double hz = hertz != null
                ? hertz
                : profile.map(p -> p.samplingHz().orElse(USUAL_HZ)).orElse(USUAL_HZ);
        if (!(hz >= 0.1 && hz <= 100)) {
            throw new InvalidInputException(
                    "--hz " + hz,
                    "0.1 to 100 ticks in a second expected",
                    "found another rate",
                    "10 suits most devices");
        }
        return Duration.ofNanos(Math.round(1e9 / hz));
    }

    Settings settings() {
        List<String> all = new ArrayList<>();
        if (seed != null) { // else each engine's own, for not every engine takes one
            all.add("seed=" + seed);
        }
        if (threads != null) {
            all.add("threads=" + threads);
        }
        all.addAll(settings);
        return Settings.parse(all);
    }
}
