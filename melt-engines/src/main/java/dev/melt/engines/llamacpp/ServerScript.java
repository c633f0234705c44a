package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts llama-server on the first of some ports that is free, and ends well when it is told to end. */
record ServerScript(EngineJob job, List<Integer> ports) {
    static final String NAME = "serve.sh";

    /**
     * The agent's signal reaches the server too, and a second one can make it hang. {@code wait} comes back early for a
     * trapped signal; a build that aborts while it ends, or does not end, was told to end all the same.
     */
    private static final String SERVE = """
            ASKED=
            trap 'ASKED=1; (sleep 3; kill -s KILL $P) >/dev/null 2>&1 &' TERM
            for PORT in PORTS; do
                "$T" "$@" --port $PORT </dev/null &
                P=$!
                wait $P
                RC=$?
                if [ -n "$ASKED" ]; then
                    wait $P
                    exit 0
                fi
                case $(cat stderr) in
                    *"bind HTTP server"*) ;;
                    *) exit $RC ;;
                esac
            done
            exit $RC
            """;

    /** What the server calls its model, so that another server on a port is not taken for this one. */
    static String alias(List<Integer> ports) {
        return "melt-" + ports.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    Map<String, String> inputs(String program, String model) {
        ShellScript script = new ShellScript(program)
                .with("-m", model, "--host", "127.0.0.1", "--alias", alias(ports))
                .whereKnown("--parallel", "-np", "1")
                .whereKnown("--no-webui", "--no-webui")
                .whereKnown("--cache-ram", "--cache-ram", "0");
        new CommonOptions(job.settings(), script).runtime();
        String there = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
        script.lines(SERVE.replace("PORTS", there));
        return Map.of(NAME, script.toString());
    }
}
