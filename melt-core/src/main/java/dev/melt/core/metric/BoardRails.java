package dev.melt.core.metric;

import dev.melt.core.telemetry.Series;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rails of boards whose input is not measured: which ones, added up, are the whole module, so that nothing is counted twice. A Jetson
 * AGX Orin's {@code VDDQ_VDD2_1V8AO} is fed by {@code VIN_SYS_5V0} and is not among them. From NVIDIA's developer guides for each
 * module (section on power monitors).
 */
final class BoardRails {
    private static final List<Set<String>> SUMS = List.of(
            Set.of("VDD_GPU_SOC", "VDD_CPU_CV", "VIN_SYS_5V0"), // Jetson AGX Orin
            Set.of("GPU", "CPU", "SOC", "CV", "VDDRQ", "SYS5V")); // Jetson AGX Xavier

    private static final Set<String> QUANTITIES = Set.of(Quantities.POWER, Quantities.CURRENT);

    private BoardRails() {}

    /** The sites of the first set that is measured whole. */
    static Optional<Set<String>> sumOf(List<Series> series) {
        Set<String> sites = series.stream()
                .filter(s -> QUANTITIES.contains(s.channel().quantity()))
                .map(s -> s.channel().site())
                .collect(Collectors.toUnmodifiableSet());
        return SUMS.stream().filter(sites::containsAll).findFirst();
    }
}
