package dev.melt.core.engine;

import java.io.IOException;

/** Asks a served engine everything that a job wants. Used once, by one thread of its own. */
@FunctionalInterface
public interface EngineClient {
    /**
     * Waits until the server is ready, asks, and writes {@code events.jsonl} in the agent protocol's form into the session's
     * folder, whole turns only. What the server answers is data, a refusal too: it becomes an {@code error} line.
     *
     * @throws IOException when the server cannot be reached any more: it ended, or the link broke
     * @throws InterruptedException when nobody waits for the answers any more
     */
    void ask(ServerSession session) throws IOException, InterruptedException;
}
