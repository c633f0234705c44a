package dev.melt.virtual.ios.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code job.json}. Whatever is in it, no name that it gives leaves the app's folder. */
final class AppJobReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PROTOCOL = 1;
    private static final long LARGEST_FILE = 1 << 20;
    private static final long MOST = 999_999_999;
    private static final long SHORTEST_PERIOD_MICROS = 1000;
    private static final int MOST_KEYS = 200;
    private static final long USUAL_GRACE_MILLIS = 2000;

    private final JsonNode job;

    private AppJobReader(JsonNode job) {
        this.job = job;
    }

    static AppJob read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                return new AppJob.Nothing("no job.json of a usual size");
            }
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return node != null && node.isObject()
                    ? new AppJobReader(node).job()
                    : new AppJob.Nothing("job.json is no object");
        } catch (IOException e) {
            return new AppJob.Nothing("job.json is no JSON");
        }
    }

    private AppJob job() {
        String id = job.path("trial").asText("");
        boolean named = id.matches("[A-Za-z0-9_-]{1,64}");
        try {
            require(job.path("melt-app").asInt(0) == PROTOCOL, "melt-app", "1, the protocol of this app");
            String kind = job.path("job").asText("");
            if (kind.equals("seal")) {
                return seal();
            }
            require(kind.equals("trial"), "job", "seal or trial");
            require(named, "trial", "1 to 64 letters, digits, _ and -");
            return trial(id);
        } catch (BadJobException e) {
            String why = String.valueOf(e.getMessage());
            return named ? new AppJob.Refused(id, why) : new AppJob.Nothing(why);
        }
    }

    private AppJob seal() throws BadJobException {
        String sha256 = job.path("sha256").asText("");
        String name = job.path("name").asText("");
        require(sha256.matches("[0-9a-f]{64}"), "sha256", "64 digits of lower-case hex");
        require(name.matches("[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,127}"), "name", "a plain file name");
        return new AppJob.Seal(sha256, name);
    }

    private AppJob trial(String id) throws BadJobException {
        return new AppJob.Trial(
                id,
                number("period_us", SHORTEST_PERIOD_MICROS),
                job.has("idle_ms") ? number("idle_ms", 0) : 0,
                number("deadline_ms", 1),
                job.has("grace_ms") ? number("grace_ms", 0) : USUAL_GRACE_MILLIS,
                keys());
    }

    private long number(String name, long least) throws BadJobException {
        JsonNode value = job.path(name);
        boolean fits = value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= least
                && value.longValue() <= MOST;
        require(fits, name, "a whole number from " + least + " to " + MOST);
        return value.longValue();
    }

    private List<String> keys() throws BadJobException {
        JsonNode list = job.path("keys");
        require(list.isArray() && list.size() <= MOST_KEYS, "keys", "a list of at most " + MOST_KEYS + " words");
        List<String> keys = new ArrayList<>();
        for (JsonNode key : list) {
            require(key.isTextual(), "keys", "words");
            keys.add(key.textValue());
        }
        return keys;
    }

    private static void require(boolean holds, String name, String what) throws BadJobException {
        if (!holds) {
            throw new BadJobException("job.json: " + name + ": expected " + what);
        }
    }
}
