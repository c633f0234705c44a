package dev.melt.core.engine;

/** The options that engines are asked for, in one vocabulary. Declared once; commands, schemas and stores walk it. */
public enum Setting {
    THREADS("threads", Type.POSITIVE, "threads that decode"),
    THREADS_BATCH("threads_batch", Type.POSITIVE, "threads that evaluate a prompt"),
    BATCH("batch", Type.POSITIVE, "tokens that are handed over at once"),
    UBATCH("ubatch", Type.POSITIVE, "tokens that are computed at once"),
    BACKEND("backend", Type.WORD, "what computes: cpu, gpu or npu"),
    GPU_LAYERS("gpu_layers", Type.NUMBER, "layers that are computed on the GPU; -1 for all"),
    CHUNK_LENGTH(
            "chunk_length",
            Type.POSITIVE,
            "prompt tokens that a graph of fixed size takes at once (NPU, compiled engines)"),
    PRUNING("pruning", Type.DECIMAL, "share of the outlier channels that is left out, 0 to 1"),
    CONTEXT("context", Type.POSITIVE, "context length in tokens"),
    CACHE_TYPE_K("cache_type_k", Type.WORD, "element type of the K cache (f16, q8_0, ...)"),
    CACHE_TYPE_V("cache_type_v", Type.WORD, "element type of the V cache"),
    FLASH_ATTENTION("flash_attention", Type.FLAG, "fused attention"),
    MMAP("mmap", Type.FLAG, "map the model file instead of reading it"),
    MLOCK("mlock", Type.FLAG, "keep the model's pages in memory"),
    SEED("seed", Type.NUMBER, "of sampling and of synthetic prompts"),
    TEMPERATURE("temperature", Type.DECIMAL, "of sampling; 0 takes the most likely token"),
    TOP_K("top_k", Type.NUMBER, "sample among the k most likely tokens"),
    TOP_P("top_p", Type.DECIMAL, "sample among tokens that make up this share"),
    MIN_P("min_p", Type.DECIMAL, "leave out tokens below this share of the best"),
    REPEAT_PENALTY("repeat_penalty", Type.DECIMAL, "1 leaves repeated tokens alone"),
    IGNORE_EOS("ignore_eos", Type.FLAG, "go on to the full length"),
    WARMUP("warmup", Type.FLAG, "an uncounted decode before the first turn");

    /** What a value must look like. */
    public enum Type {
        POSITIVE,
        NUMBER,
        DECIMAL,
        FLAG,
        WORD
    }

    private final String key;
    private final Type type;
    private final String description;

    Setting(String key, Type type, String description) {
        this.key = key;
        this.type = type;
        this.description = description;
    }

    /** The word in configurations, stores and exports. */
    public String key() {
        return key;
    }

    public Type type() {
        return type;
    }

    public String description() {
        return description;
    }
}
