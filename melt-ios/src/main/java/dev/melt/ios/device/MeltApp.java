package dev.melt.ios.device;

import dev.melt.ios.engine.AppEngine;
import dev.melt.ios.launch.AgentApp;
import dev.melt.ios.parse.InstalledApps;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** MELT's app among those that are installed: the one that says so in its {@code Info.plist}. */
record MeltApp(InstalledApps.App app) {
    /** The variable that names one where there are several, by its identifier. */
    static final String VARIABLE = "MELT_IOS_APP";

    private static final String MARK = "MeltAgent";
    private static final String MEMORY = "com.apple.developer.kernel.increased-memory-limit";
    private static final String PROTOCOL = "1";

    /** Those that are MELT's, only the named one where a name is given. */
    static List<MeltApp> among(InstalledApps apps, Optional<String> wanted) {
        return apps.apps().stream()
                .filter(app -> app.info().containsKey(MARK))
                .filter(app -> wanted.isEmpty() || wanted.get().equals(app.id()))
                .map(MeltApp::new)
                .toList();
    }

    String id() {
        return app.id();
    }

    private Optional<String> word(String key) {
        return Optional.ofNullable(app.info().get(key)).map(String::valueOf).filter(word -> !word.isEmpty());
    }

    /** Whether it speaks the protocol of this MELT. */
    boolean isOfThisProtocol() {
        return word(MARK).filter(PROTOCOL::equals).isPresent();
    }

    /** Whether it may take more memory than others; empty where the phone does not say. */
    Optional<Boolean> mayTakeMoreMemory() {
        return app.info().get("Entitlements") instanceof Map<?, ?> own
                ? Optional.of(String.valueOf(own.get(MEMORY)).matches("true|1"))
                : Optional.empty();
    }

    /** Whether it was signed for development, without which it is not started from outside; empty where the phone does not say. */
    Optional<Boolean> isForDevelopment() {
        return app.info().get("Entitlements") instanceof Map<?, ?> own
                ? Optional.of(String.valueOf(own.get("get-task-allow")).matches("true|1"))
                : Optional.empty();
    }

    /** Whether its files can be reached. */
    boolean sharesFiles() {
        return word("UIFileSharingEnabled")
                .filter(word -> word.matches("true|1"))
                .isPresent();
    }

    /** As a launcher needs it. */
    AgentApp agent() {
        String process = word("CFBundleExecutable").orElse(id());
        return new AgentApp(
                id(), word("Container").orElse("/"), word("Path").map(path -> path + "/" + process), process);
    }

    /** What an engine adapter has to know of it. */
    SortedMap<String, String> facts() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("engines", AppEngine.NAME);
        facts.put(AppEngine.BUNDLE, id());
        app.version().ifPresent(version -> facts.put(AppEngine.APP_VERSION, version));
        word("MeltEngine").ifPresent(engine -> facts.put(AppEngine.ENGINE, engine));
        word("MeltEngineVersion").ifPresent(version -> facts.put(AppEngine.VERSION, version));
        word("MeltEngineBackend").ifPresent(backend -> facts.put(AppEngine.BACKEND, backend));
        if (app.info().get("MeltCan") instanceof Collection<?> can) {
            facts.put(AppEngine.CAN, can.stream().map(String::valueOf).sorted().collect(Collectors.joining(" ")));
        }
        mayTakeMoreMemory().ifPresent(may -> facts.put("app_increased_memory", may ? "yes" : "no"));
        return facts;
    }
}
