package dev.melt.embedded.llama;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.jspecify.annotations.Nullable;

/** {@code struct llama_context_params} of b4916, passed by value. Public because JNA makes it by reflection. */
@Structure.FieldOrder({
    "context",
    "batch",
    "ubatch",
    "sequences",
    "threads",
    "threadsBatch",
    "ropeScaling",
    "pooling",
    "attention",
    "ropeFreqBase",
    "ropeFreqScale",
    "yarnExtFactor",
    "yarnAttnFactor",
    "yarnBetaFast",
    "yarnBetaSlow",
    "yarnOriginalContext",
    "defragThreshold",
    "eval",
    "evalData",
    "typeK",
    "typeV",
    "logitsAll",
    "embeddings",
    "offloadKqv",
    "flashAttention",
    "noPerf",
    "abort",
    "abortData"
})
public final class ContextParams extends Structure implements Structure.ByValue {
    static final int SIZE_IN_B4916 = 120;

    public int context;
    public int batch;
    public int ubatch;
    public int sequences;
    public int threads;
    public int threadsBatch;
    public int ropeScaling;
    public int pooling;
    public int attention;
    public float ropeFreqBase;
    public float ropeFreqScale;
    public float yarnExtFactor;
    public float yarnAttnFactor;
    public float yarnBetaFast;
    public float yarnBetaSlow;
    public int yarnOriginalContext;
    public float defragThreshold;
    public @Nullable Callback eval;
    public @Nullable Pointer evalData;
    public int typeK;
    public int typeV;
    public byte logitsAll;
    public byte embeddings;
    public byte offloadKqv;
    public byte flashAttention;
    public byte noPerf;
    public @Nullable Pointer abort;
    public @Nullable Pointer abortData;

    boolean hasDefaultsOfB4916() {
        return size() == SIZE_IN_B4916 && sizesAreDefault() && ropeIsDefault() && switchesAreDefault();
    }

    private boolean sizesAreDefault() {
        return context == 512
                && batch == 2048
                && ubatch == 512
                && sequences == 1
                && threads == 4
                && threadsBatch == 4
                && typeK == CacheType.F16.id()
                && typeV == CacheType.F16.id();
    }

    private boolean ropeIsDefault() {
        return ropeScaling == -1
                && pooling == -1
                && attention == -1
                && yarnExtFactor == -1f
                && yarnAttnFactor == 1f
                && yarnBetaFast == 32f
                && yarnBetaSlow == 1f
                && yarnOriginalContext == 0
                && defragThreshold == -1f;
    }

    private boolean switchesAreDefault() {
        return logitsAll == 0
                && embeddings == 0
                && offloadKqv == 1
                && flashAttention == 0
                && noPerf == 1
                && abort == null
                && abortData == null;
    }
}
