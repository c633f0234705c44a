package dev.melt.testkit;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.device.PortForward;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.device.TransferListener;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.TelemetryPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A real device behind a link that breaks: chosen calls to its agent do what they do and then lose the answer. That is the
 * worst moment, for the caller cannot know whether the call took effect.
 */
public final class FlakyDriver implements DeviceDriver {
    private final DeviceDriver device;
    private final LinkFaults faults;

    public FlakyDriver(DeviceDriver device, LinkFaults faults) {
        this.device = device;
        this.faults = faults;
    }

    @Override
    public Device device() {
        return device.device();
    }

    @Override
    public ExecResult exec(List<String> command, Duration deadline) {
        return device.exec(command, deadline);
    }

    @Override
    public void push(Path source, String target, TransferListener listener) {
        device.push(source, target, listener);
    }

    @Override
    public void pull(String source, Path target, TransferListener listener) {
        device.pull(source, target, listener);
    }

    @Override
    public PortForward forward(int devicePort) {
        return device.forward(devicePort);
    }

    @Override
    public TelemetryPlan telemetry() {
        return device.telemetry();
    }

    @Override
    public Agent agent() {
        return new FlakyAgent(device.agent(), faults);
    }

    @Override
    public DeviceControls controls() {
        return device.controls();
    }

    @Override
    public Map<String, String> reports() {
        return device.reports();
    }

    @Override
    public void close() {
        device.close();
    }

    /** The agent behind the link. */
    private record FlakyAgent(Agent agent, LinkFaults faults) implements Agent {
        private <T> T answer(String call, Supplier<T> work) {
            T answer = work.get();
            if (faults.breaksNow(call)) {
                throw new DeviceException.LinkLost("link lost in " + call, null);
            }
            return answer;
        }

        private void run(String call, Runnable work) {
            answer(call, () -> {
                work.run();
                return true;
            });
        }

        @Override
        public void install() {
            run("install", agent::install);
        }

        @Override
        public String store(Path file, String sha256, TransferListener listener) {
            return answer("store", () -> agent.store(file, sha256, listener));
        }

        @Override
        public String assemble(String sha256, List<FolderEntry> entries) {
            return answer("assemble", () -> agent.assemble(sha256, entries));
        }

        @Override
        public void start(AgentJob job) {
            run("start", () -> agent.start(job));
        }

        @Override
        public AgentStatus status(String trialId) {
            return answer("status", () -> agent.status(trialId));
        }

        @Override
        public AgentStatus await(String trialId, Duration atMost) {
            return answer("await", () -> agent.await(trialId, atMost));
        }

        @Override
        public void finish(String trialId) {
            run("finish", () -> agent.finish(trialId));
        }

        @Override
        public void stop(String trialId) {
            run("stop", () -> agent.stop(trialId));
        }

        @Override
        public List<Path> collect(String trialId, Path folder) {
            return answer("collect", () -> agent.collect(trialId, folder));
        }

        @Override
        public void discard(String trialId) {
            run("discard", () -> agent.discard(trialId));
        }

        @Override
        public Stock inventory() {
            return answer("inventory", agent::inventory);
        }

        @Override
        public boolean forget(StockItem.Kind kind, String name) {
            return answer("forget", () -> agent.forget(kind, name));
        }

        @Override
        public Observation observe(Duration span) {
            return answer("observe", () -> agent.observe(span));
        }

        @Override
        public ClockOffset clockOffset() {
            return answer("clockOffset", agent::clockOffset);
        }
    }
}
