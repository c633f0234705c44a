package dev.melt.engines.opprofile;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import dev.melt.core.profile.ProfileSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of saved output that tell of single operators. Stateless. */
public enum ProfileLog {
    /** Graph dumps of a llama.cpp that was built with {@code GGML_PERF}. */
    LLAMA_CPP("llama.cpp") {
        @Override
        public void read(InputStream in, ProfileSink sink) throws IOException, UnknownOutputException {
            GraphDump.read(in, sink);
        }
    },
    /** Reports of TVM's profiling virtual machine, which MLC-LLM's compiled models run in. */
    MLC_LLM("mlc-llm") {
        @Override
        public void read(InputStream in, ProfileSink sink) throws IOException, UnknownOutputException {
            ProfilerReports.read(in, sink);
        }
    };

    private final String kind;

    ProfileLog(String kind) {
        this.kind = kind;
    }

    /** What a person types: the name of the engine. */
    public String kind() {
        return kind;
    }

    /**
     * Reads a log to its end, at memory that does not grow with it. The stream stays open.
     *
     * @throws UnknownOutputException when no graph and no report is in it
     */
    public abstract void read(InputStream in, ProfileSink sink) throws IOException, UnknownOutputException;

    /** The kind that the first telling line speaks of; empty when none does. The stream is read up to there. */
    public static Optional<ProfileLog> recognised(InputStream in) throws IOException {
        LogLines line = new LogLines(in);
        while (line.next()) {
            if (line.find(GraphDump.NODES, line.from()) >= 0) {
                return Optional.of(LLAMA_CPP);
            } else if (line.find(ProfilerReports.REPORT, line.from()) >= 0) {
                return Optional.of(MLC_LLM);
            }
        }
        return Optional.empty();
    }

    public static List<String> kinds() {
        return Arrays.stream(values()).map(ProfileLog::kind).toList();
    }

    /**
     * The kind of this name.
     *
     * @throws InvalidInputException when there is none
     */
    public static ProfileLog named(String kind) {
        return Arrays.stream(values())
                .filter(log -> log.kind.equals(kind))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> nearest = Nearest.of(kind, kinds());
                    return new InvalidInputException(
                            "--kind " + kind,
                            "a kind of per-op log expected",
                            "there is none such",
                            nearest.isEmpty()
                                    ? "there are: " + String.join(", ", kinds())
                                    : "did you mean " + String.join(" or ", nearest) + "?");
                });
    }
}
