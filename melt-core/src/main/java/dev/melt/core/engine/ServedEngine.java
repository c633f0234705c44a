package dev.melt.core.engine;

/**
 * An engine that answers requests: its process is a server on the device, and what it is asked and how long it took is
 * written down on this host. Its {@link Invocation} names the ports on which the server may listen.
 */
public interface ServedEngine extends EngineAdapter {
    /**
     * Who asks the server.
     *
     * @param invocation the one that was made for the same job and that the server was started with
     */
    EngineClient client(EngineJob job, Invocation invocation);
}
