package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Settings;
import dev.melt.core.model.Model;
import dev.melt.core.prepare.WantedSetting;
import dev.melt.core.workload.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One point of the matrix.
 *
 * @param fingerprint hash of everything that can change a number, see {@link Fingerprint}
 * @param device name as typed
 * @param engine name of its adapter
 * @param bundleSha256 of the build
 * @param workload name as typed, for people
 * @param settings what the engine is given, complete
 * @param prepare settings of the device that are this cell's alone, over those of the protocol
 * @param base the model that this one's output is compared with, where there is one
 */
public record Cell(
        String fingerprint,
        String device,
        String engine,
        String bundleSha256,
        Model model,
        String workload,
        Script script,
        Settings settings,
        List<WantedSetting> prepare,
        Optional<Model> base) {
    public Cell {
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(device, "device");
        requireNonNull(engine, "engine");
        requireNonNull(bundleSha256, "bundleSha256");
        requireNonNull(model, "model");
        requireNonNull(workload, "workload");
        requireNonNull(script, "script");
        requireNonNull(settings, "settings");
        prepare = List.copyOf(prepare);
        requireNonNull(base, "base");
    }

    /** One whose model is compared with no other. */
    public Cell(
            String fingerprint,
            String device,
            String engine,
            String bundleSha256,
            Model model,
            String workload,
            Script script,
            Settings settings,
            List<WantedSetting> prepare) {
        this(fingerprint, device, engine, bundleSha256, model, workload, script, settings, prepare, Optional.empty());
    }

    /** The same with its model compared with another: another measurement, with a fingerprint of its own. */
    public Cell against(Model other) {
        String both = new Fingerprint()
                .with("cell", fingerprint)
                .with("base", other.digest())
                .hex();
        return new Cell(
                both, device, engine, bundleSha256, model, workload, script, settings, prepare, Optional.of(other));
    }

    /** The same as a trial with timed operators runs it. */
    Cell profiled() {
        return new Cell(
                fingerprint, device, engine, bundleSha256, model, workload, script.profiled(), settings, prepare, base);
    }

    /** What a person calls it: {@code local/tiny-q4_0/pp64-tg32}, {@code orin/tiny-q4_0/pp64-tg32/power_mode=15W}. */
    public String label() {
        return device + "/" + model.label() + "/" + workload
                + prepare.stream()
                        .map(setting -> "/" + setting.name() + "=" + setting.value())
                        .collect(Collectors.joining());
    }

    /** The settings of its device: those of the protocol with its own in their places, and before them what is its own alone. */
    List<WantedSetting> preparedOver(List<WantedSetting> protocol) {
        Map<String, WantedSetting> own = prepare.stream().collect(Collectors.toMap(WantedSetting::name, one -> one));
        List<String> usual = protocol.stream().map(WantedSetting::name).toList();
        return Stream.concat(
                        prepare.stream().filter(one -> !usual.contains(one.name())),
                        protocol.stream().map(one -> own.getOrDefault(one.name(), one)))
                .toList();
    }

    /** What it asks of engine and device, by name; of the device behind {@code device.}. */
    public SortedMap<String, String> asked() {
        TreeMap<String, String> asked = new TreeMap<>(settings.byKey());
        prepare.forEach(setting -> asked.put("device." + setting.name(), setting.value()));
        return asked;
    }
}
