package dev.melt.virtual.ios.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a {@code request.json} names, seen from its folder. */
final class RequestFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> FIELDS = List.of("/model", "/score_file", "/text/file", "/text/base");

    private final AppFolder app;
    private final Path folder;
    private final List<String> names;

    private RequestFiles(AppFolder app, Path folder, List<String> names) {
        this.app = app;
        this.folder = folder;
        this.names = names;
    }

    /** None of a request that cannot be read: the engine says so better. */
    static RequestFiles of(AppFolder app, Path folder) {
        List<String> names = new ArrayList<>();
        try {
            JsonNode request = JSON.readTree(Files.readAllBytes(folder.resolve("request.json")));
            for (String field : FIELDS) {
                JsonNode name = request == null ? JSON.missingNode() : request.at(field);
                if (name.isTextual()) {
                    names.add(name.textValue());
                }
            }
        } catch (IOException e) {
            names.clear();
        }
        return new RequestFiles(app, folder, names);
    }

    /** The first that an app may not see, for it lies elsewhere. */
    Optional<String> forbidden() throws IOException {
        for (String name : names) {
            Optional<Path> path = path(name);
            if (path.isPresent() && !app.holds(path.get())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Those that are there. */
    Stream<Path> present() {
        return names.stream().flatMap(name -> path(name).stream()).filter(Files::isRegularFile);
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(folder.resolve(name).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
