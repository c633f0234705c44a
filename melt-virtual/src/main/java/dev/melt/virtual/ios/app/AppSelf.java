package dev.melt.virtual.ios.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs and since when, as {@code app.json} tells it. */
record AppSelf(String bundleId, String version, long pid, String bootId, WallPair wall) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "app.json";

    /** Writes the file, with one launch more than the last one told. */
    void tell(AppFolder folder) throws IOException {
        Path file = folder.root().resolve(NAME);
        ObjectNode node = JSON.createObjectNode();
        node.put("melt-app", 1)
                .put("bundle", bundleId)
                .put("version", version)
                .put("pid", pid)
                .put("boot_id", bootId)
                .put("wall_ns", wall.wallNanos())
                .put("wall_boot_ns", wall.bootNanos())
                .put("wall_bound_ns", wall.boundNanos())
                .put("launches", launchesBefore(file) + 1);
        folder.replace(file, node + "\n");
    }

    private static long launchesBefore(Path file) {
        try {
            JsonNode before = JSON.readTree(Files.readAllBytes(file));
            return Math.max(0, before == null ? 0 : before.path("launches").asLong(0));
        } catch (IOException e) {
            return 0; // the first launch, or nothing that could be read
        }
    }
}
