package dev.melt.ios.device;

import dev.melt.core.device.Check;
import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.ios.mux.Usbmux;
import dev.melt.ios.parse.IdeviceInfo;
import dev.melt.ios.parse.IphoneModels;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A phone as it was found: who it is, and what was looked at on the way to a run.
 *
 * @param info empty while something keeps it from saying who it is
 * @param hindrances what was looked at, in the order in which a person would mend it
 */
record Phone(Usbmux.Attached attached, Optional<IdeviceInfo> info, Readiness hindrances) {
    /** Its type as Apple calls it: {@code iPhone15,2}. */
    Optional<String> product() {
        return info.flatMap(known -> known.text("ProductType"));
    }

    /** Its version of iOS; nothing where it is not known. */
    String ios() {
        return info.flatMap(known -> known.text("ProductVersion")).orElse("");
    }

    /** As it is sold. */
    Optional<String> model() {
        return product().flatMap(IphoneModels::of).map(IphoneModels.Model::name).or(this::product);
    }

    /** Whether it is simulated, as a simulated one says of itself. */
    boolean isVirtual() {
        return info.flatMap(known -> known.flag("MeltVirtual")).orElse(false);
    }

    /** What a person and a figure need to know of it; nothing that tells whose phone it is. */
    SortedMap<String, String> facts() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("link", attached.link());
        model().ifPresent(model -> facts.put("model", model));
        product().ifPresent(product -> facts.put("product", product));
        product().flatMap(IphoneModels::of).ifPresent(known -> {
            facts.put("soc", known.soc());
            known.memoryBytes().ifPresent(bytes -> facts.put("memory_bytes", Long.toString(bytes)));
        });
        put(facts, "ios", "ProductVersion");
        put(facts, "build", "BuildVersion");
        put(facts, "arch", "CPUArchitecture");
        put(facts, "hardware", "HardwareModel");
        if (!ios().isEmpty()) {
            facts.put("kernel", "iOS " + ios() + facts.getOrDefault("build", "").replaceFirst("^(?=.)", " "));
        }
        return facts;
    }

    private void put(SortedMap<String, String> facts, String key, String of) {
        info.flatMap(known -> known.text(of)).ifPresent(value -> facts.put(key, value));
    }

    /** As {@code melt devices} shows it: as its owner calls it, and with the first thing that stands in the way. */
    Device device(String name) {
        SortedMap<String, String> facts = facts();
        put(facts, "called", "DeviceName"); // for who has two alike before him; no fact of a run
        Optional<Check> hindrance = hindrances.blocking();
        facts.put("state", hindrance.map(Check::found).orElse("device"));
        if (info.isEmpty()) {
            facts.put("asked", "no"); // asked in vain
        }
        hindrance
                .flatMap(Check::remedy)
                .or(() -> hindrances
                        .limiting()
                        .map(check -> check.found() + "; " + check.remedy().orElse("")))
                .ifPresent(remedy -> facts.put("remedy", remedy));
        return new Device(name, Platform.IOS, attached.udid(), isVirtual(), facts);
    }
}
