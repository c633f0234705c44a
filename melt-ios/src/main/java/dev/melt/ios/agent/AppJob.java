package dev.melt.ios.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.device.AgentJob;
import dev.melt.core.telemetry.SamplesHeader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the app is told to do, as {@code job.json} says it. */
final class AppJob {
    private static final int PROTOCOL = 1;
    private static final long GRACE_MILLIS = 2000;
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(999);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(10);

    private AppJob() {}

    /** To say who it is, and end. */
    static String hello() {
        return job("hello").toString();
    }

    /** To hash a stored file and mark it. */
    static String seal(String sha256, String name) {
        return job("seal").put("sha256", sha256).put("name", name).toString();
    }

    /** To run a trial whose files are there. */
    static String trial(AgentJob job) {
        long idle = job.idle().toMillis();
        ObjectNode node = job("trial")
                .put("trial", job.trialId())
                .put("period_us", micros(job.period()))
                .put("idle_ms", idle)
                .put("deadline_ms", Math.max(1, shorter(job.deadline()).toMillis()))
                .put("grace_ms", GRACE_MILLIS);
        AppProbes.READER.keys(job.telemetry()).forEach(node.putArray("keys")::add);
        return node.toString();
    }

    /** The files that have to lie in a trial's folder before it is begun, by name. */
    static Map<String, String> files(AgentJob job) {
        Map<String, String> files = new LinkedHashMap<>(new TreeMap<>(job.inputs()));
        for (String own : new String[] {"samples.header", "samples.tsv", "status", "stdout", "stderr", "stop"}) {
            if (files.containsKey(own)) {
                throw new IllegalArgumentException("an input must not be named " + own);
            }
        }
        files.put("samples.header", SamplesHeader.text(AppProbes.READER.part(job.telemetry()), micros(job.period())));
        return files;
    }

    private static Duration shorter(Duration deadline) {
        return deadline.compareTo(LONGEST_DEADLINE) > 0 ? LONGEST_DEADLINE : deadline;
    }

    private static long micros(Duration period) {
        if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException("a period must be 1 ms to 999 s, was " + period);
        }
        return period.toNanos() / 1000;
    }

    private static ObjectNode job(String kind) {
        return JsonNodeFactory.instance.objectNode().put("melt-app", PROTOCOL).put("job", kind);
    }
}
