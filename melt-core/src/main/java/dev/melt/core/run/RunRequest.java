package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Settings;
import dev.melt.core.prepare.WantedSetting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person asked to be run, as names. Becomes a {@link RunPlan} when every name was found.
 *
 * @param device a name in {@code configs/devices} or one that a driver knows
 * @param bundle name of a build of the engine or beginning of its hash; empty to take the one that fits
 * @param generate tokens to generate for each prompt of text, in place of the workload's own number
 * @param variations ways in which the device is set, a cell for each; one that is empty where there is no more than one
 */
public record RunRequest(
        String device,
        String engine,
        Optional<String> bundle,
        List<String> models,
        List<String> workloads,
        OptionalInt generate,
        Settings settings,
        Protocol protocol,
        List<List<WantedSetting>> variations) {
    public RunRequest {
        requireNonNull(device, "device");
        requireNonNull(engine, "engine");
        requireNonNull(bundle, "bundle");
        models = List.copyOf(models);
        workloads = List.copyOf(workloads);
        requireNonNull(generate, "generate");
        requireNonNull(settings, "settings");
        requireNonNull(protocol, "protocol");
        variations = variations.stream().map(List::copyOf).toList();
    }

    /** The same, carried out in another way. */
    public RunRequest with(Protocol other) {
        return new RunRequest(device, engine, bundle, models, workloads, generate, settings, other, variations);
    }

    /** The same once for each of some ways in which the device is set. */
    public RunRequest varied(List<List<WantedSetting>> others) {
        return new RunRequest(device, engine, bundle, models, workloads, generate, settings, protocol, others);
    }
}
