package dev.melt.ios.agent;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceException;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.tool.IdeviceTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is done on this host beside a trial on a phone: the battery is asked, and the log is listened to. All of it is written at once to a
 * folder of the trial, where another MELT finds it when this one is killed. Used by one thread at a time.
 */
public final class HostSide implements AutoCloseable {
    private static final int PERIODS_BETWEEN_COPIES = 3;

    private final Path home;
    private final PhoneLink link;
    private final IdeviceTool tool;
    private final Battery battery;
    private final Supplier<TelemetryPlan> plan;
    private final Options options;
    private String trial = "";
    private long copiedAt = System.nanoTime();
    private Optional<HostSampler> sampler = Optional.empty();
    private Optional<PhoneLog> log = Optional.empty();

    /**
     * How it is done.
     *
     * @param period between two questions for the battery
     * @param listens whether the phone's log is followed
     */
    public record Options(Duration period, boolean listens) {
        /** The variable with the period, in milliseconds. */
        public static final String PERIOD = "MELT_IOS_BATTERY_MS";

        /** The variable that switches the log off: {@code off}. */
        public static final String LOG = "MELT_IOS_SYSLOG";

        private static final String USUAL = "10000";

        /** Of an environment. A gauge renews its reading every twenty seconds or more; half of that misses none. */
        public static Options of(Map<String, String> environment) {
            String period = environment.getOrDefault(PERIOD, USUAL);
            return new Options(
                    Duration.ofMillis(Long.parseLong(period.matches("[1-9][0-9]{2,6}") ? period : USUAL)),
                    !environment.getOrDefault(LOG, "").equals("off"));
        }
    }

    /**
     * Beside the trials on one phone.
     *
     * @param home folder for what belongs to this phone
     * @param plan what can be sampled there
     */
    public HostSide(
            Path home,
            PhoneLink link,
            IdeviceTool tool,
            Battery battery,
            Supplier<TelemetryPlan> plan,
            Options options) {
        this.home = requireNonNull(home, "home");
        this.link = link;
        this.tool = tool;
        this.battery = battery;
        this.plan = plan;
        this.options = options;
    }

    /** Listens to the log from now on. */
    void listen(String trialId) {
        if (!trialId.equals(trial)) {
            close();
            trial = trialId;
        }
        if (log.isEmpty() && options.listens() && tool.find("idevicesyslog").isPresent()) {
            try {
                log = Optional.of(
                        PhoneLog.listen(tool, link.udid(), folder(trialId).resolve("deaths")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Asks the battery from now on, if that is not done; the phone's clocks must be known for it. */
    void begin(String trialId, Supplier<PhoneClock> clock, Optional<WallAndBoot> clocks) {
        listen(trialId);
        if (sampler.isPresent()
                || clocks.isEmpty()
                || BatteryProbes.READER.keys(plan.get()).isEmpty()) {
            return;
        }
        try {
            var offset = clock.get().boot(clocks.get());
            HostSamples samples = new HostSamples(
                    folder(trialId).resolve("samples.host.tsv"), plan.get(), options.period(), offset.boundNanos());
            sampler = Optional.of(new HostSampler(battery, samples, offset, clocks.get(), options.period()));
        } catch (DeviceException notNow) {
            sampler = Optional.empty(); // the next look tries again
        }
    }

    /** Whether it is time to bring what a trial that runs has left so far: seldom, because that costs the phone a little. */
    boolean wantsCopy() {
        long now = System.nanoTime();
        if (now - copiedAt
                < options.period().multipliedBy(PERIODS_BETWEEN_COPIES).toNanos()) {
            return false;
        }
        copiedAt = now;
        return true;
    }

    /** Where it is brought; it stays there should the phone never come back. */
    Path copy(String trialId) {
        return home.resolve(trialId).resolve("so-far");
    }

    /** Begins a collection with what was brought already. */
    void seed(String trialId, Path folder) {
        for (Path early : files(copy(trialId))) {
            Path target = folder.resolve(String.valueOf(early.getFileName()));
            try {
                Files.createDirectories(folder);
                if (!Files.exists(target)) {
                    Files.copy(early, target);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean sawTheEndOf(long pid) {
        return log.filter(listening -> listening.sawTheEndOf(pid)).isPresent();
    }

    /** Takes a last reading, and ends what is done beside a trial. */
    void pause(String trialId) {
        if (trialId.equals(trial)) {
            close();
        }
    }

    /** Brings what the phone wrote about deaths since a trial began. */
    void lookForReports(String trialId, String process, long sinceNanos) {
        new PhoneReports(link).copy(process, sinceNanos, folder(trialId));
    }

    /** Adds the host's files of a trial to those that were collected. */
    List<Path> addTo(String trialId, Path folder, List<Path> collected) {
        List<Path> all = new ArrayList<>(collected);
        for (Path own : files(home.resolve(trialId))) {
            Path target = folder.resolve(String.valueOf(own.getFileName()));
            try {
                Files.copy(own, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            all.add(target);
        }
        return all;
    }

    /** Forgets a trial whose results are safe. */
    void discard(String trialId) {
        pause(trialId);
        Path folder = home.resolve(trialId);
        try {
            for (Path full : List.of(copy(trialId), folder)) {
                for (Path own : files(full)) {
                    Files.deleteIfExists(own);
                }
                Files.deleteIfExists(full);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One reading of the battery, now. */
    Observation observe() {
        Map<Channel, Double> values = new HashMap<>();
        battery.read()
                .ifPresent(reading -> BatteryProbes.keys(reading.registry())
                        .forEach(key -> BatteryProbes.value(key, reading.registry())
                                .ifPresent(value -> values.put(BatteryProbes.channel(key), value))));
        return new Observation(System.nanoTime(), values);
    }

    private Path folder(String trialId) {
        try {
            return Files.createDirectories(home.resolve(trialId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sampler.ifPresent(HostSampler::close);
        sampler = Optional.empty();
        log.ifPresent(PhoneLog::close);
        log = Optional.empty();
        trial = "";
    }
}
