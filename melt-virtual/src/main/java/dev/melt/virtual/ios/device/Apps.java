package dev.melt.virtual.ios.device;

import dev.melt.virtual.ios.app.PhoneApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The apps that are installed, with a folder of data for each. Safe for use by several threads. */
public final class Apps {
    private final Path folder;
    private final Map<String, InstalledApp> apps = new TreeMap<>();

    /** Those of iOS only. */
    Apps(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        for (DeadApp app : List.of(
                DeadApp.system("com.apple.Preferences", "Preferences"),
                DeadApp.system("com.apple.mobilesafari", "MobileSafari"))) {
            put(app, false);
        }
    }

    /** Where the program of an app lies, and what came with it, on this machine. */
    public Path programs(String bundleId) {
        return folder.resolveSibling("Bundles").resolve(identifier("bundle " + bundleId));
    }

    /** Installs one, or another version of it: its data stay. */
    public InstalledApp install(PhoneApp app) throws IOException {
        return put(app, true);
    }

    /**
     * Takes one away with its data.
     *
     * @return whether there was one
     */
    public boolean uninstall(String bundleId) throws IOException {
        Optional<InstalledApp> app = named(bundleId).filter(InstalledApp::user);
        if (app.isEmpty()) {
            return false;
        }
        synchronized (this) {
            apps.remove(bundleId);
        }
        delete(app.get().folder());
        if (Files.exists(programs(bundleId))) {
            delete(programs(bundleId));
        }
        return true;
    }

    /** One by its identifier. */
    public synchronized Optional<InstalledApp> named(String bundleId) {
        return Optional.ofNullable(apps.get(bundleId));
    }

    /** One by the path of its program or of the folder around it. */
    public synchronized Optional<InstalledApp> at(String path) {
        String full = path.startsWith("/private") ? path : "/private" + path;
        return apps.values().stream()
                .filter(app -> full.equals(app.path()) || full.startsWith(app.path() + "/"))
                .findFirst();
    }

    /** All of them, by their identifiers. */
    public synchronized Collection<InstalledApp> all() {
        return List.copyOf(apps.values());
    }

    private synchronized InstalledApp put(PhoneApp app, boolean user) throws IOException {
        String container = identifier("data " + app.bundleId());
        Path data = folder.resolve(container);
        for (String name : List.of("Documents", "Library", "tmp")) {
            Files.createDirectories(data.resolve(name));
        }
        InstalledApp installed = new InstalledApp(app, user, identifier("bundle " + app.bundleId()), container, data);
        apps.put(app.bundleId(), installed);
        return installed;
    }

    private static String identifier(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    private static void delete(Path top) throws IOException {
        try (Stream<Path> below = Files.walk(top)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
