package dev.melt.core.agent;

import dev.melt.core.device.AgentJob;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.SamplesHeader;
import dev.melt.core.telemetry.TelemetryPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that tell the agent what to do: {@code job}, {@code command}, {@code samples.header} and the inputs, by name.
 * {@code docs/reference/agent-protocol.md} describes them.
 */
public final class JobFiles {
    /** What mksh can count in milliseconds. */
    private static final Duration LONGEST_DEADLINE = Duration.ofMillis(999_999_999);

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(999);
    private static final long GRACE_MILLIS = 2000;

    private JobFiles() {}

    /**
     * Name to content for a job, in the order in which they are to be written.
     *
     * @param folder the trial's absolute folder on the device
     * @throws IllegalArgumentException for what no agent could carry out: a name that is no variable, an unsafe path
     */
    public static Map<String, String> of(AgentJob job, String folder) {
        Map<String, String> files = new LinkedHashMap<>(new TreeMap<>(job.inputs()));
        for (String own :
                new String[] {"job", "command", "samples.header", "status", "lock", "stdout", "stderr", "deaths"}) {
            if (files.containsKey(own)) {
                throw new IllegalArgumentException("an input must not be named " + own);
            }
        }
        files.put("samples.header", SamplesHeader.text(job.telemetry(), micros(job.period())));
        files.put("command", command(job, folder));
        files.put("job", job(job));
        return files;
    }

    /** A {@code job} with the probes of a plan alone, as {@code observe} takes it. */
    public static String observation(TelemetryPlan plan) {
        return "melt-job=1\n" + probes(plan);
    }

    private static String job(AgentJob job) {
        Duration asked = job.deadline().plus(job.idle());
        Duration deadline = asked.compareTo(LONGEST_DEADLINE) > 0 ? LONGEST_DEADLINE : asked;
        return "melt-job=1\nperiod_us=" + micros(job.period()) + "\ndeadline_ms=" + Math.max(1, deadline.toMillis())
                + "\ngrace_ms=" + GRACE_MILLIS + "\ntail_ms=" + tailMillis(job) + "\n" + probes(job.telemetry());
    }

    private static long tailMillis(AgentJob job) {
        return Math.min(job.idle().toMillis(), LONGEST_DEADLINE.toMillis());
    }

    /** The wait of the process that becomes the engine: power and load at rest before it. */
    private static String lead(AgentJob job) {
        long millis = tailMillis(job);
        return millis == 0 ? "" : String.format(Locale.ROOT, "sleep %d.%03d\n", millis / 1000, millis % 1000);
    }

    private static long micros(Duration period) {
        if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException("a period must be 1 ms to 999 s, was " + period);
        }
        return period.toNanos() / 1000;
    }

    private static String probes(TelemetryPlan plan) {
        StringBuilder lines = new StringBuilder();
        for (Probe probe : plan.probes()) {
            require(probe.path(), "[A-Za-z0-9/_.:,+@=-]*", "a path that can be sampled");
            require(probe.reader(), "[a-z-]+(:[A-Za-z0-9_.+,()-]+)?", "a reader");
            lines.append("probe\t")
                    .append(probe.reader())
                    .append('\t')
                    .append(probe.path())
                    .append('\n');
        }
        return lines.toString();
    }

    private static String command(AgentJob job, String folder) {
        StringBuilder script = new StringBuilder("cd " + ShellQuoting.quote(folder) + " || exit 126\n" + lead(job));
        new TreeMap<>(job.environment()).forEach((name, value) -> {
            require(name, "[A-Za-z_][A-Za-z0-9_]*", "the name of a variable");
            script.append("export ")
                    .append(name)
                    .append('=')
                    .append(ShellQuoting.quote(value))
                    .append('\n');
        });
        return script.append("exec ")
                .append(ShellQuoting.quote(job.command()))
                .append('\n')
                .toString();
    }

    private static void require(String value, String form, String what) {
        if (!value.matches(form)) {
            throw new IllegalArgumentException(what + " expected, was " + value);
        }
    }
}
