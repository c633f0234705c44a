package dev.melt.engines.ask;

import dev.melt.core.engine.Invocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Shell lines that start a server on the first of some ports of the device that is free, and end well when they are told to
 * end. Immutable.
 *
 * @param busy words on the server's standard error by which it tells that a port is taken
 */
public record ServerLoop(List<Integer> ports, String busy) {
    private static final String NAME = "serve.sh";
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 60_000;
    private static final int PORTS = 4;

    /**
     * The agent's signal reaches the server too, and a second one can make it hang. {@code wait} comes back early for a
     * trapped signal; a build that aborts while it ends, or does not end, was told to end all the same.
     */
    private static final String LOOP = """
            ASKED=
            trap 'ASKED=1; (sleep 3; kill -s KILL $P) >/dev/null 2>&1 &' TERM
            for PORT in PORTS; do
                COMMAND --port $PORT </dev/null &
                P=$!
                wait $P
                RC=$?
                if [ -n "$ASKED" ]; then
                    wait $P
                    exit 0
                fi
                case $(cat stderr) in
                    *"BUSY"*) ;;
                    *) exit $RC ;;
                esac
            done
            exit $RC
            """;

    public ServerLoop {
        ports = List.copyOf(ports);
    }

    /** On ports of chance. */
    public static ServerLoop onAnyPort(String busy) {
        return new ServerLoop(
                ThreadLocalRandom.current()
                        .ints(LOWEST_PORT, HIGHEST_PORT)
                        .distinct()
                        .limit(PORTS)
                        .boxed()
                        .toList(),
                busy);
    }

    /** What a server on these ports calls its model, so that another server on a port is not taken for this one. */
    public static String alias(List<Integer> ports) {
        return "melt-" + ports.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    /** The same for the ports of this one. */
    public String alias() {
        return alias(ports);
    }

    /**
     * The process of a trial.
     *
     * @param before lines of the shell's own language
     * @param command in the shell's own language, without its port
     */
    public Invocation invocation(String before, String command, Map<String, String> environment) {
        String numbers = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
        String loop = LOOP.replace("PORTS", numbers).replace("BUSY", busy).replace("COMMAND", command);
        Map<String, String> inputs = new HashMap<>();
        inputs.put(NAME, before + loop);
        return new Invocation(List.of("sh", NAME), environment, inputs, ports);
    }
}
