package dev.melt.core.model;

import static java.util.Objects.requireNonNull;

import dev.melt.core.gguf.GgufFile;
import dev.melt.core.gguf.GgufTensor;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What can be said of a model file without running it. The file itself, with metadata and tensor table, is
 * {@link #file()}.
 *
 * @param quantisation its mix by name, such as {@code Q4_K_M}
 * @param weightBytes tensor data without padding
 * @param mix what share each tensor type has, largest first
 */
public record ModelInspection(
        GgufFile file,
        ModelDimensions dimensions,
        String quantisation,
        long parameters,
        long weightBytes,
        List<TypeShare> mix) {

    /** All tensors of one type together. */
    public record TypeShare(String type, int tensors, long parameters, long bytes) {}

    public ModelInspection {
        requireNonNull(file, "file");
        requireNonNull(dimensions, "dimensions");
        requireNonNull(quantisation, "quantisation");
        mix = List.copyOf(mix);
    }

    /**
     * Reads the header of a file.
     *
     * @throws dev.melt.core.problem.InvalidInputException when it is damaged or says too little about its model
     */
    public static ModelInspection of(Path path) {
        return of(GgufFile.read(path));
    }

    public static ModelInspection of(GgufFile file) {
        Map<String, List<GgufTensor>> byType =
                file.tensors().stream().collect(Collectors.groupingBy(GgufTensor::typeName));
        List<TypeShare> mix = byType.entrySet().stream()
                .map(entry -> share(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(TypeShare::bytes).reversed().thenComparing(TypeShare::type))
                .toList();
        return new ModelInspection(
                file,
                ModelDimensions.of(file),
                FileType.of(file),
                file.parameters(),
                mix.stream().mapToLong(TypeShare::bytes).sum(),
                mix);
    }

    /** Bits that a weight takes on average. */
    public double bitsPerWeight() {
        return parameters == 0 ? 0 : 8.0 * weightBytes / parameters;
    }

    public MemoryPrediction memory(MemoryPrediction.Conditions conditions) {
        return MemoryPrediction.of(dimensions, weightBytes, conditions);
    }

    private static TypeShare share(String type, List<GgufTensor> tensors) {
        return new TypeShare(
                type,
                tensors.size(),
                tensors.stream().mapToLong(GgufTensor::elements).sum(),
                tensors.stream().mapToLong(tensor -> tensor.bytes().orElse(0)).sum());
    }
}
