package dev.melt.ios.agent;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.AgentStatus.State;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.telemetry.Observation;
import dev.melt.ios.launch.AgentApp;
import dev.melt.ios.launch.Launcher;
import dev.melt.ios.link.PhoneFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The agent that is an app: host and app share a folder, and the host launches the app for each job. What the phone's own services tell is
 * sampled by the host beside it. Used by one thread at a time.
 */
public final class AppAgent implements Agent, AutoCloseable {
    /** From the launch to the trial's first status. */
    private static final Duration BEGIN = Duration.ofSeconds(30);

    /** For an engine to end between two tokens, and the app after it. */
    private static final Duration STOP = Duration.ofSeconds(20);

    /** A look costs the phone four short answers; looks become rarer the longer a trial goes on. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(300);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final PhoneFiles files;
    private final AppLife life;
    private final HostSide host;
    private final AppPulse pulse;
    private final Map<String, String> bootNow = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private Optional<WallAndBoot> clocks = Optional.empty();

    private AppAgent(PhoneFiles files, AppLife life, HostSide host) {
        this.files = files;
        this.life = life;
        this.host = host;
        this.pulse = new AppPulse(files, host::sawTheEndOf);
    }

    /**
     * Over the folder of an app.
     *
     * @param host what is done on this host beside a trial
     */
    public static AppAgent over(PhoneFiles files, AgentApp app, Launcher launcher, HostSide host) {
        return new AppAgent(files, new AppLife(files, app, launcher), host);
    }

    /** The app is put onto the phone by whoever signs it; that it shares its folder shows here. */
    @Override
    public void install() {
        files.with(afc -> {
            afc.makeFolder(AppFolder.TRIALS);
            return true;
        });
    }

    @Override
    public String store(Path file, String sha256, TransferListener listener) {
        return new AppStore(files, life).store(file, sha256, listener);
    }

    @Override
    public String assemble(String sha256, List<FolderEntry> entries) {
        throw new InvalidInputException(
                "[" + files.link().label() + "] bundle " + sha256.substring(0, Math.min(12, sha256.length())),
                "an engine inside the app expected",
                "an iPhone starts no program that is brought to it",
                "use --engine app");
    }

    @Override
    public void start(AgentJob job) {
        if (status(job.trialId()).state() == State.UNKNOWN) {
            begin(job);
        }
        AgentStatus status = status(job.trialId());
        if (status.state() == State.RUNNING) {
            host.begin(job.trialId(), () -> PhoneClock.ask(files.link()), WallAndBoot.of(status));
        }
    }

    private void begin(AgentJob job) {
        String folder = AppFolder.trial(job.trialId());
        files.with(afc -> {
            afc.makeFolder(folder);
            AppJob.files(job).forEach((name, content) -> afc.write(folder + "/" + name, content));
            return true;
        });
        host.listen(job.trialId());
        life.launch(AppJob.trial(job));
        if (AppLife.await(BEGIN, () -> Optional.of(status(job.trialId())).filter(is -> is.state() != State.UNKNOWN))
                .isEmpty()) {
            throw new LinkLost(
                    "[" + files.link().label() + "] the app was launched and did not begin trial " + job.trialId(),
                    null);
        }
    }

    @Override
    public AgentStatus status(String trialId) {
        AgentStatus status = pulse.status(trialId);
        WallAndBoot.of(status).ifPresent(pair -> clocks = Optional.of(pair));
        if (status.state() != State.LOST) {
            return status;
        }
        if (ended.contains(trialId)) {
            return AppPulse.as(status, State.STOPPED, Map.of());
        }
        String boot = bootNow.computeIfAbsent(trialId, id -> boot());
        return boot.isEmpty() ? status : AppPulse.as(status, State.LOST, Map.of("boot_now", boot));
    }

    private String boot() {
        try {
            return life.boot().orElse("");
        } catch (DeviceException notNow) {
            return "";
        }
    }

    @Override
    public AgentStatus await(String trialId, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Duration look = FIRST_LOOK;
        while (true) {
            AgentStatus status = status(trialId);
            if (status.state() == State.RUNNING) {
                host.begin(trialId, () -> PhoneClock.ask(files.link()), WallAndBoot.of(status));
                if (host.wantsCopy()) {
                    new TrialFolder(files, trialId).bringTo(host.copy(trialId));
                }
            }
            long rest = end - System.nanoTime();
            if (status.ended() || rest <= 0) {
                return status;
            }
            try {
                Thread.sleep(Math.min(look.toMillis(), 1 + rest / 1_000_000));
                look = look.multipliedBy(2).compareTo(LONGEST_LOOK) < 0 ? look.multipliedBy(2) : LONGEST_LOOK;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return status;
            }
        }
    }

    /** An engine in an app serves nobody, and so ends when it has done what its request asks for. */
    @Override
    public void finish(String trialId) {
        status(trialId);
    }

    @Override
    public void stop(String trialId) {
        AgentStatus status = status(trialId);
        if (status.state() != State.RUNNING) {
            return;
        }
        files.with(afc -> {
            afc.write(AppFolder.trial(trialId) + "/stop", "");
            return true;
        });
        if (AppLife.await(STOP, () -> Optional.of(status(trialId)).filter(AgentStatus::ended))
                .isEmpty()) {
            life.kill(AppPulse.number(status, "pid"));
            ended.add(trialId);
        }
    }

    @Override
    public List<Path> collect(String trialId, Path folder) {
        host.pause(trialId);
        host.seed(trialId, folder);
        List<Path> collected = new TrialFolder(files, trialId).bringTo(folder);
        if (collected.isEmpty()) {
            return collected;
        }
        AgentStatus status = status(trialId);
        if (status.state() == State.LOST) {
            host.lookForReports(trialId, life.app().process(), startedAt(status));
        }
        return host.addTo(trialId, folder, collected);
    }

    /** On the phone's wall clock, in nanoseconds since 1970. */
    private static long startedAt(AgentStatus status) {
        return WallAndBoot.of(status)
                .map(pair -> status.startNanos().orElse(0) + pair.aheadNanos())
                .orElse(0L);
    }

    @Override
    public void discard(String trialId) {
        if (status(trialId).state() == State.RUNNING) {
            throw new ProtocolViolation(
                    "[" + files.link().label() + "] trial " + trialId + " still runs and is not removed", null);
        }
        files.with(afc -> {
            afc.removeAll(AppFolder.trial(trialId));
            return true;
        });
        host.discard(trialId);
    }

    @Override
    public Stock inventory() {
        return new AppStock(files, this::status).inventory();
    }

    @Override
    public boolean forget(StockItem.Kind kind, String name) {
        return new AppStock(files, this::status).forget(kind, name);
    }

    /** What the phone's services tell; the app tells of itself only while it runs. */
    @Override
    public Observation observe(Duration span) {
        return host.observe();
    }

    @Override
    public ClockOffset clockOffset() {
        WallAndBoot pair = clocks.or(() -> life.saying().flatMap(AppSaying::clocks))
                .or(() -> life.launch(AppJob.hello()).clocks())
                .orElseThrow(() ->
                        new ProtocolViolation("[" + files.link().label() + "] the app does not tell its clocks", null));
        return PhoneClock.ask(files.link()).boot(pair);
    }

    @Override
    public void close() {
        host.close();
        files.close();
    }
}
