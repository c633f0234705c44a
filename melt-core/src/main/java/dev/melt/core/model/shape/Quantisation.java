package dev.melt.core.model.shape;

import dev.melt.core.gguf.GgmlType;
import dev.melt.core.model.shape.PlannedTensor.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A named mix of tensor types, chosen tensor by tensor as llama.cpp's quantiser does, so that a synthetic file has the
 * size and the operators of a real one.
 */
public enum Quantisation {
    F16(1, GgmlType.F16),
    Q8_0(7, GgmlType.Q8_0),
    Q4_0(2, GgmlType.Q4_0),
    Q4_K_M(15, GgmlType.Q4_K),
    Q6_K(18, GgmlType.Q6_K),
    Q3_K_M(12, GgmlType.Q3_K);

    /** What a name without {@code -QUANT} means. */
    public static final Quantisation DEFAULT = Q4_0;

    private static final Map<String, Quantisation> OTHER_SPELLINGS =
            Map.of("fp16", F16, "q8", Q8_0, "q4", Q4_0, "q4k", Q4_K_M, "q6", Q6_K, "q3", Q3_K_M, "q3k", Q3_K_M);

    private final int fileType;
    private final GgmlType base;

    Quantisation(int fileType, GgmlType base) {
        this.fileType = fileType;
        this.base = base;
    }

    /** Understands {@code q4_0}, {@code Q4-K-M}, {@code q4k}, {@code q4} and the like; empty for anything else. */
    public static Optional<Quantisation> of(String spelling) {
        String bare = bare(spelling);
        return Arrays.stream(values())
                .filter(quantisation -> bare(quantisation.name()).equals(bare))
                .findFirst()
                .or(() -> Optional.ofNullable(OTHER_SPELLINGS.get(bare)));
    }

    /** The names as messages and file names spell them. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Quantisation::label).toList();
    }

    /** {@code q4_0}, as in file names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The number of {@code general.file_type}. */
    public int fileType() {
        return fileType;
    }

    /** The type in which a tensor of this mix is stored. */
    public GgmlType typeOf(PlannedTensor tensor, boolean tiedEmbeddings) {
        if (tensor.isVector()) {
            return GgmlType.F32;
        }
        return fitting(wanted(tensor, tiedEmbeddings), tensor.rowLength());
    }

    private GgmlType wanted(PlannedTensor tensor, boolean tiedEmbeddings) {
        if (base == GgmlType.F16 || base == GgmlType.Q8_0) {
            return base;
        }
        boolean makesLogits = tensor.role() == Role.OUTPUT || (tensor.role() == Role.EMBEDDING && tiedEmbeddings);
        if (makesLogits) {
            return GgmlType.Q6_K;
        }
        return switch (this) {
            case Q4_K_M -> mediumFour(tensor);
            case Q3_K_M -> mediumThree(tensor);
            default -> base;
        };
    }

    private static GgmlType mediumFour(PlannedTensor tensor) {
        return switch (tensor.role()) {
            case VALUE, DOWN -> tensor.layer().favoured() ? GgmlType.Q6_K : GgmlType.Q4_K;
            case QUERY_KEY_VALUE -> GgmlType.Q5_K;
            default -> GgmlType.Q4_K;
        };
    }

    private static GgmlType mediumThree(PlannedTensor tensor) {
        int index = tensor.layer().index();
        return switch (tensor.role()) {
            case VALUE -> index < 2 ? GgmlType.Q5_K : GgmlType.Q4_K;
            case DOWN -> index < tensor.layer().count() / 16 ? GgmlType.Q5_K : GgmlType.Q4_K;
            case ATTENTION_OUTPUT, QUERY_KEY_VALUE -> GgmlType.Q4_K;
            default -> GgmlType.Q3_K;
        };
    }

    /** Rows that do not fill blocks of 256 get the type with blocks of 32 that llama.cpp falls back to. */
    private static GgmlType fitting(GgmlType wanted, long rowLength) {
        if (rowLength % wanted.blockWeights() == 0) {
            return wanted;
        }
        return switch (wanted) {
            case Q3_K -> GgmlType.IQ4_NL;
            case Q4_K -> GgmlType.Q5_0;
            case Q5_K -> GgmlType.Q5_1;
            default -> GgmlType.Q8_0;
        };
    }

    private static String bare(String spelling) {
        return spelling.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
