package dev.melt.embedded.llama;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import org.jspecify.annotations.Nullable;

/** {@code struct llama_model_params} of b4916, passed by value. Public because JNA makes it by reflection. */
@Structure.FieldOrder({
    "devices",
    "gpuLayers",
    "splitMode",
    "mainGpu",
    "tensorSplit",
    "progress",
    "progressData",
    "overrides",
    "vocabOnly",
    "useMmap",
    "useMlock",
    "checkTensors"
})
public final class ModelParams extends Structure implements Structure.ByValue {
    static final int SIZE_IN_B4916 = 64;

    public @Nullable Pointer devices;
    public int gpuLayers;
    public int splitMode;
    public int mainGpu;
    public @Nullable Pointer tensorSplit;
    public @Nullable Callback progress;
    public @Nullable Pointer progressData;
    public @Nullable Pointer overrides;
    public byte vocabOnly;
    public byte useMmap;
    public byte useMlock;
    public byte checkTensors;

    boolean hasDefaultsOfB4916() {
        return size() == SIZE_IN_B4916
                && devices == null
                && gpuLayers == 0
                && splitMode == 1
                && mainGpu == 0
                && tensorSplit == null
                && overrides == null
                && vocabOnly == 0
                && useMmap == 1
                && useMlock == 0
                && checkTensors == 0;
    }
}
