package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Bytes;
import dev.melt.cli.text.Details;
import dev.melt.cli.text.JsonOut;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.home.Home;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.local.LocalCalibration;
import dev.melt.local.LocalDriverProvider;
import dev.melt.local.SamplerCalibration;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt calibrate local}: what sampling costs here, and how well it keeps time. */
@Command(
        description = {
            "",
            "Runs the sampler beside an engine that does nothing. The result is kept as calibration/local.json in MELT's"
                    + " home. Good is at most 1 %% of a core, and 99 of 100 ticks within a tenth of the period."
        },
        footer = {"  melt calibrate local", "  melt calibrate local --seconds 60 --channels 20 --json"})
public final class CalibrateCommand implements MeltCommand {
    @Parameters(paramLabel = "DEVICE", description = "local")
    private String device = "";

    @Option(names = "--seconds", paramLabel = "N", description = "to watch for (default: 20)")
    private int seconds = 20;

    @Option(names = "--channels", paramLabel = "N", description = "to read at each tick (default: 20)")
    private int channels = 20;

    @Option(names = "--hz", paramLabel = "N", description = "ticks in a second (default: 10)")
    private int hertz = 10;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws IOException {
        if (!device.equals("local")) {
            throw new InvalidInputException(
                    "device '" + device + "'",
                    "local needed, as no other can be calibrated",
                    "another given",
                    "melt calibrate local");
        }
        between("--seconds", seconds, 2, 3600);
        between("--channels", channels, 1, 500);
        between("--hz", hertz, 1, 50);
        Home home = session.openHome();
        Path folder = Files.createDirectories(home.root().resolve("calibration"));
        session.say("sampling " + channels + " channels at " + hertz + " Hz for " + seconds + " s ...");
        SamplerCalibration measured;
        try (DeviceDriver driver = new LocalDriverProvider().open(device, session.driverContext())) {
            measured = new LocalCalibration(driver)
                    .measure(channels, Duration.ofSeconds(1).dividedBy(hertz), Duration.ofSeconds(seconds), folder);
        }
        Details details = details(measured);
        keep(details, folder.resolve("local.json"));
        details.print(session, output.json());
        return ExitCode.DONE;
    }

    private static void between(String option, int given, int least, int most) {
        if (given < least || given > most) {
            throw new InvalidInputException(
                    option, least + " to " + most + " needed", given + " given", "choose another number");
        }
    }

    private static void keep(Details details, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream bytes = Files.newOutputStream(draft);
                PrintStream text = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            JsonOut.print(text, details.values());
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Details details(SamplerCalibration measured) {
        return new Details()
                .add("channels", measured.channels())
                .add("period_ms", measured.period().toMillis())
                .add("seconds", measured.length().toMillis() / 1e3)
                .add(
                        "processor_share",
                        measured.processorShare(),
                        String.format(Locale.ROOT, "%.2f %% of a core", measured.processorShare() * 100)
                                + verdict(measured.isCheap(), "1 %"))
                .add("tick_error_p50_ms", millis(measured.errorP50()))
                .add(
                        "tick_error_p99_ms",
                        millis(measured.errorP99()),
                        millis(measured.errorP99()) + verdict(measured.isPunctual(), "a tenth of the period"))
                .add("tick_error_max_ms", millis(measured.errorMax()))
                .add("ticks", measured.takenTicks())
                .add("missed_ticks", measured.missedTicks())
                .add("sampler_rss_bytes", measured.residentBytes(), Bytes.text(measured.residentBytes()))
                .add("clock_bound_ms", millis(measured.clockBound()))
                .add("shell", measured.shell());
    }

    private static String verdict(boolean good, String limit) {
        return good ? "" : " (more than " + limit + ": close other programs, or sample more slowly)";
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
