package dev.melt.core.run;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.PortForward;
import dev.melt.core.engine.EngineClient;
import dev.melt.core.engine.ServerSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Watches a trial whose engine serves: lets its client ask on a thread of its own, and has the server ended when the client
 * is done. The device is left alone meanwhile, but for a look every few seconds.
 */
final class ServedWatch {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS_TO_A_LOOK = 5;

    /** How long a server may take to end, and the agent to see that it has. */
    private static final Duration END = Duration.ofSeconds(15);

    private final DeviceDriver driver;
    private final Agent agent;
    private final Protocol protocol;
    private final StopSignal stop;
    private final Consumer<Duration> running;

    /**
     * For one trial.
     *
     * @param running told once a step how long it has been running
     */
    ServedWatch(DeviceDriver driver, Agent agent, Protocol protocol, StopSignal stop, Consumer<Duration> running) {
        this.driver = driver;
        this.agent = agent;
        this.protocol = protocol;
        this.stop = stop;
        this.running = running;
    }

    /**
     * Watches to the end.
     *
     * @param id of the trial on the device, which was started
     * @param folder of the attempt on this host
     * @throws LinkLost when the server still runs and cannot be reached
     */
    AgentStatus watch(String id, EngineClient client, List<Integer> ports, Path folder, ClockOffset clock) {
        List<PortForward> ways = new ArrayList<>();
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread own = new Thread(work, "engine-client");
            own.setDaemon(true);
            return own;
        });
        try {
            ports.forEach(port -> ways.add(driver.forward(port)));
            Files.createDirectories(folder);
            ServerSession session = new ServerSession(
                    ways.stream().map(PortForward::address).toList(), folder, clock, start(id), protocol.deadline());
            return until(id, thread.submit(asking(client, session)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.shutdownNow();
            ways.forEach(PortForward::close);
        }
    }

    private static Callable<Boolean> asking(EngineClient client, ServerSession session) {
        return () -> {
            client.ask(session);
            return true;
        };
    }

    private long start(String id) {
        return agent.status(id).startNanos().orElse(0) + protocol.idle().toNanos();
    }

    private AgentStatus until(String id, Future<Boolean> asking) {
        long start = System.nanoTime();
        for (int step = 1; ; step++) {
            try {
                if (asking.get(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    agent.finish(id);
                    return ended(id, protocol.idle().plus(END));
                }
            } catch (TimeoutException stillAsking) {
                running.accept(Duration.ofNanos(System.nanoTime() - start));
            } catch (ExecutionException e) {
                return withoutAnswer(id, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop.raise();
            }
            if (stop.isRaised()) {
                agent.stop(id);
            }
            if (stop.isRaised() || step % STEPS_TO_A_LOOK == 0) {
                AgentStatus status = agent.status(id);
                if (status.ended()) {
                    return status;
                }
            }
        }
    }

    /** The agent ends a server that is past its deadline by itself, so that looking on always comes to an end. */
    private AgentStatus ended(String id, Duration patience) {
        AgentStatus status = agent.await(id, patience);
        if (!status.ended()) {
            agent.stop(id);
            status = agent.status(id);
        }
        return status;
    }

    /** A server that ended explains why nobody answers; one that runs means that the way to it is broken. */
    private AgentStatus withoutAnswer(String id, ExecutionException e) {
        if (!(e.getCause() instanceof IOException cause)) {
            throw new IllegalStateException("the engine's client failed", e.getCause());
        }
        AgentStatus status = agent.await(id, protocol.idle().plus(STEP.multipliedBy(2)));
        if (!status.ended()) {
            throw new LinkLost("no answer of the engine's server, which still runs: " + cause.getMessage(), cause);
        }
        return status;
    }
}
