package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Settings;
import dev.melt.core.model.Model;
import dev.melt.core.workload.Script;
import java.util.Optional;

/**
 * One point of the matrix.
 *
 * @param fingerprint hash of everything that can change a number, see {@link Fingerprint}
 * @param device name as typed
 * @param engine name of its adapter
 * @param bundleSha256 of the build
 * @param workload name as typed, for people
 * @param settings what the engine is given, complete
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
            Settings settings) {
        this(fingerprint, device, engine, bundleSha256, model, workload, script, settings, Optional.empty());
    }

    /** The same with its model compared with another: another measurement, with a fingerprint of its own. */
    public Cell against(Model other) {
        String both = new Fingerprint()
                .with("cell", fingerprint)
                .with("base", other.digest())
                .hex();
        return new Cell(both, device, engine, bundleSha256, model, workload, script, settings, Optional.of(other));
    }

    /** What a person calls it: {@code local/tiny-q4_0/pp64-tg32}. */
    public String label() {
        return device + "/" + model.label() + "/" + workload;
    }
}
