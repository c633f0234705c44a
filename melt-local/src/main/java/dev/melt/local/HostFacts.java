package dev.melt.local;

import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import dev.melt.core.sysfs.MachineFacts;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of this machine: what its files tell, and what Java knows. A fact that cannot be found is not among them. */
record HostFacts(Sysroot sysroot, Map<String, String> properties) {

    TreeMap<String, String> find() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        property("os.version").ifPresent(version -> facts.put("kernel", version));
        facts.putAll(new MachineFacts(sysroot).find());
        facts.put("os", property("os.name").orElse("unknown"));
        facts.put("arch", property("os.arch").orElse("unknown"));
        boolean mac = property("os.name").filter(name -> name.startsWith("Mac")).isPresent();
        Abi.of(property("os.arch").orElse(""), mac ? Platform.MACOS : Platform.LINUX)
                .ifPresent(abi -> facts.put("abi", abi.word()));
        property("java.home").ifPresent(home -> facts.put("java", home + "/bin/java"));
        return facts;
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
