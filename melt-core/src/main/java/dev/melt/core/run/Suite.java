package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A matrix that somebody wrote down, as a file in {@code configs/suites}. What is typed beside it comes before it.
 *
 * @param sweep values of settings of the device that are gone through, by the setting's name
 */
public record Suite(
        String about,
        Optional<List<String>> devices,
        Optional<List<String>> models,
        Optional<String> engine,
        Optional<List<String>> workloads,
        Optional<Map<String, List<String>>> sweep) {
    public Suite {
        requireNonNull(about, "about");
        devices = devices.map(List::copyOf);
        models = models.map(List::copyOf);
        requireNonNull(engine, "engine");
        workloads = workloads.map(List::copyOf);
        sweep = sweep.map(LinkedHashMap::new);
    }
}
