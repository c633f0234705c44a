package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of the engine in an app: empty, or taken for the rest of its life. Safe for use by several threads. */
final class EngineSeat {
    private final Path worker;
    private final WriteGate gate;
    private final Supplier<Instant> wall;
    private volatile @Nullable EngineProcess engine;

    EngineSeat(Path worker, WriteGate gate, Supplier<Instant> wall) {
        this.worker = worker;
        this.gate = gate;
        this.wall = wall;
    }

    /** Starts the engine, unless the app was ended. */
    EngineProcess start(Path folder) throws IOException {
        return gate.pass(() -> {
            EngineProcess started = EngineProcess.start(worker, folder);
            engine = started;
            return started;
        });
    }

    /** The wall clock. */
    Instant now() {
        return wall.get();
    }

    /** To be called when the gate is shut: then no other engine comes. */
    void kill() {
        EngineProcess running = engine;
        if (running != null) {
            running.kill();
        }
    }
}
