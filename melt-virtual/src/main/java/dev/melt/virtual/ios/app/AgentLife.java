package dev.melt.virtual.ios.app;

import dev.melt.virtual.ios.app.PhoneApp.Launch;
import dev.melt.virtual.ios.app.PhoneApp.PhoneSenses;
import dev.melt.virtual.ios.app.PhoneApp.Running;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** One life of the reference agent: a thread of the simulated phone that does what {@code job.json} says, and then ends. */
final class AgentLife implements Running {
    private static final int ABORT = 6;

    private final long pid;
    private final Launch launch;
    private final WriteGate gate = new WriteGate();
    private final AppFolder folder;
    private final BootClock clock;
    private final EngineSeat seat;
    private final AppSensors sensors;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private int end;

    private AgentLife(long pid, Launch launch, AgentOptions options) throws IOException {
        PhoneSenses senses = launch.body();
        this.pid = pid;
        this.launch = launch;
        this.clock = BootClock.calibrated();
        this.seat = new EngineSeat(WorkerJar.locate(options.worker()), gate, senses::wallClock);
        this.folder = new AppFolder(launch.documents(), gate);
        this.sensors = new AppSensors(senses, clock);
        this.thread = new Thread(() -> live(options), options.bundleId() + " " + pid);
        thread.setDaemon(true);
    }

    static AgentLife begin(long pid, Launch launch, AgentOptions options) throws IOException {
        AgentLife life = new AgentLife(pid, launch, options);
        life.thread.start();
        return life;
    }

    /** What fails here ends the app as a crash does: this is the boundary of its process. */
    private void live(AgentOptions options) {
        try {
            AppSelf self = new AppSelf(
                    options.bundleId(),
                    options.version(),
                    pid,
                    launch.body().bootId(),
                    WallPair.read(launch.body()::wallClock, clock));
            self.tell(folder);
            carryOut(AppJobReader.read(folder.root().resolve("job.json")), self);
            print("done");
            finish(0);
        } catch (EngineCrashException e) {
            print("crashed: " + e.getMessage());
            finish(-e.signal());
        } catch (AppEndedException | InterruptedException e) {
            finish(-ABORT); // after kill, which has said how it ended
        } catch (IOException | RuntimeException e) {
            print("crashed: " + e);
            finish(-ABORT);
        } finally {
            gate.shut();
            seat.kill();
            sensors.rest();
        }
    }

    private void carryOut(AppJob job, AppSelf self) throws IOException, InterruptedException, EngineCrashException {
        if (job instanceof AppJob.Seal seal) {
            print("seal " + seal.name());
            new Sealing(folder, launch.body()::wallClock).seal(seal);
        } else if (job instanceof AppJob.Trial trial) {
            print("trial " + trial.id());
            new TrialLife(folder, clock, sensors, seat, self, trial).run();
        } else if (job instanceof AppJob.Refused refused) {
            print(refused.why());
            TrialLife.refuse(folder, clock, self, refused);
        } else if (job instanceof AppJob.Nothing nothing) {
            print(nothing.why());
        }
    }

    private void print(String words) {
        if (!gate.isShut()) {
            launch.output().accept("melt-agent: " + words);
        }
    }

    private synchronized void finish(int code) {
        if (over.getCount() > 0) {
            end = code;
            over.countDown();
        }
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public boolean isAlive() {
        return over.getCount() > 0;
    }

    @Override
    public int waitFor() throws InterruptedException {
        over.await();
        synchronized (this) {
            return end;
        }
    }

    @Override
    public void kill(int signal) {
        gate.shut();
        finish(-signal); // before the engine's end can be taken for its own
        seat.kill();
        thread.interrupt();
    }
}
