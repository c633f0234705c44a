package dev.melt.core.model;

import dev.melt.core.gguf.GgmlType;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.gguf.GgufTensor;
import dev.melt.core.gguf.GgufValue;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the embedded engine can run a file, told from the header so that it is refused before it is loaded. */
public final class ModelSupport {
    /** The build that the embedded engine is. */
    public static final String ENGINE = "llama.cpp b4916";

    /** What that build can generate text with; encoders and speech decoders are left out. */
    private static final Set<String> ARCHITECTURES = new TreeSet<>(Arrays.asList(
            ("arctic arwkv7 baichuan bitnet bloom chameleon chatglm codeshell cohere2 command-r dbrx deci deepseek"
                            + " deepseek2 exaone falcon gemma gemma2 gemma3 gpt2 gptneox granite granitemoe grok internlm2"
                            + " jais llama mamba minicpm minicpm3 mpt nemotron olmo olmo2 olmoe openelm orion phi2 phi3"
                            + " phimoe plamo qwen qwen2 qwen2moe qwen2vl refact rwkv6 rwkv6qwen2 rwkv7 stablelm starcoder"
                            + " starcoder2 xverse")
                    .split(" ")));

    private static final Set<GgmlType> NEWER_TYPES = EnumSet.of(GgmlType.MXFP4);
    /** With any other number of layers that build aborts instead of refusing. */
    private static final Set<Integer> GEMMA2_LAYERS = Set.of(26, 42, 46);
    /** Every sixth layer sees everything; with none of them that build crashes. */
    private static final int GEMMA3_LEAST_LAYERS = 6;

    private ModelSupport() {}

    /**
     * Refuses a file that the embedded engine cannot run.
     *
     * @throws InvalidInputException saying what it lacks
     */
    public static void require(GgufFile file) {
        problem(file).ifPresent(problem -> {
            throw new InvalidInputException(problem);
        });
    }

    /** Why the embedded engine cannot run the file; empty when nothing speaks against it. */
    public static Optional<Problem> problem(GgufFile file) {
        return Stream.<Function<GgufFile, Optional<Problem>>>of(
                        ModelSupport::split,
                        ModelSupport::architecture,
                        ModelSupport::types,
                        ModelSupport::dimensions,
                        ModelSupport::tokenizer,
                        ModelSupport::embedding)
                .map(check -> check.apply(file))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Problem> split(GgufFile file) {
        long parts = file.whole("split.count").orElse(1);
        return when(
                parts > 1,
                file,
                "a model in one file expected",
                "one of " + parts + " parts found",
                "join them with llama-gguf-split --merge");
    }

    private static Optional<Problem> architecture(GgufFile file) {
        String architecture = file.architecture().orElse("none");
        return when(
                !ARCHITECTURES.contains(architecture),
                file,
                "an architecture that " + ENGINE + " generates text with expected",
                "'" + architecture + "' found",
                "take a model of " + String.join(", ", ARCHITECTURES));
    }

    private static Optional<Problem> types(GgufFile file) {
        return file.tensors().stream()
                .filter(tensor -> tensor.type().map(NEWER_TYPES::contains).orElse(true))
                .findFirst()
                .map(tensor -> problem(
                        file,
                        "tensor types that " + ENGINE + " knows expected",
                        tensor.typeName() + " found in '" + tensor.name() + "'",
                        "take another quantisation, such as Q4_0 or Q4_K_M"));
    }

    private static Optional<Problem> dimensions(GgufFile file) {
        try {
            ModelDimensions dimensions = ModelDimensions.of(file);
            int layers = dimensions.layers();
            return switch (dimensions.architecture()) {
                case "gemma2" ->
                    when(
                            !GEMMA2_LAYERS.contains(layers),
                            file,
                            "26, 42 or 46 layers expected of a gemma2 model in " + ENGINE,
                            layers + " found",
                            "take a published model");
                case "gemma3" ->
                    when(
                            layers < GEMMA3_LEAST_LAYERS,
                            file,
                            "at least 6 layers expected of a gemma3 model in " + ENGINE,
                            layers + " found",
                            "take a published model");
                default -> Optional.empty();
            };
        } catch (InvalidInputException e) {
            return Optional.of(e.problem());
        }
    }

    private static Optional<Problem> tokenizer(GgufFile file) {
        String kind = file.text("tokenizer.ggml.model").orElse("none");
        boolean missing = kind.equals("none") || kind.equals("no_vocab");
        boolean empty =
                file.array("tokenizer.ggml.tokens").map(GgufValue.Array::length).orElse(0L) == 0;
        return when(
                missing || empty,
                file,
                "a tokenizer with a vocabulary expected",
                "there is none",
                "convert the model with its tokenizer");
    }

    private static Optional<Problem> embedding(GgufFile file) {
        Optional<GgufTensor> embedding = file.tensors().stream()
                .filter(tensor -> tensor.name().equals("token_embd.weight"))
                .findFirst();
        long width = ModelDimensions.of(file).embedding();
        long found = embedding.map(tensor -> tensor.dimensions().get(0)).orElse(0L);
        return when(
                found != width,
                file,
                "tensor token_embd.weight with rows of " + width + " weights expected",
                embedding.isEmpty() ? "it is missing" : "rows of " + found + " found",
                "convert the model again, or take it from another source");
    }

    private static Optional<Problem> when(
            boolean wrong, GgufFile file, String expectation, String finding, String remedy) {
        return wrong ? Optional.of(problem(file, expectation, finding, remedy)) : Optional.empty();
    }

    private static Problem problem(GgufFile file, String expectation, String finding, String remedy) {
        return new Problem(String.valueOf(file.path().getFileName()), expectation, finding, remedy);
    }
}
