package dev.melt.embedded.llama;

import java.util.Locale;

/** Element types that llama.cpp can keep a KV cache in, with their {@code ggml_type} number. */
public enum CacheType {
    F32(0, false),
    F16(1, false),
    BF16(30, false),
    Q8_0(8, true),
    Q4_0(2, true),
    Q4_1(3, true),
    Q5_0(6, true),
    Q5_1(7, true),
    IQ4_NL(20, true);

    private final int id;
    private final boolean quantized;

    CacheType(int id, boolean quantized) {
        this.id = id;
        this.quantized = quantized;
    }

    int id() {
        return id;
    }

    /** Whether the values need flash attention. */
    public boolean quantized() {
        return quantized;
    }

    /** As llama.cpp writes it: {@code q8_0}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
