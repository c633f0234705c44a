package dev.melt.embedded.llama;

import com.sun.jna.Pointer;
import dev.melt.embedded.llama.LlamaException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;

/** A loaded model. Close it after its contexts. */
public final class LlamaModel implements AutoCloseable {
    private final long handle;
    private final Vocabulary vocabulary;
    private final boolean locked;

    private LlamaModel(long handle, boolean locked) {
        this.handle = handle;
        this.locked = locked;
        this.vocabulary = new Vocabulary(LlamaC.llama_model_get_vocab(handle));
    }

    /** Loads a GGUF file; why one cannot be loaded is read from the log. */
    public static LlamaModel load(LlamaLibrary library, Path file, boolean mmap, boolean mlock, StopFlag stop) {
        ModelParams params = LlamaC.llama_model_default_params();
        Callbacks.Progress progress = (fraction, userData) -> (byte) (stop.raised() ? 0 : 1);
        params.progress = progress;
        params.useMmap = (byte) (mmap ? 1 : 0);
        params.useMlock = (byte) (mlock ? 1 : 0);
        long handle = LlamaC.llama_model_load_from_file(cString(file.toString()), params);
        if (handle == 0) {
            throw stop.raised()
                    ? new LlamaException(Reason.INTERRUPTED, "stopped while the model was loaded")
                    : LoadFailure.of(library.log(), file);
        }
        return new LlamaModel(handle, mlock && !library.log().says("failed to mlock"));
    }

    static byte[] cString(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    long handle() {
        return handle;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Whether the weights are locked in memory; the system may have refused it. */
    public boolean locked() {
        return locked;
    }

    public long parameters() {
        return LlamaC.llama_model_n_params(handle);
    }

    /** Bytes of all tensors. */
    public long size() {
        return LlamaC.llama_model_size(handle);
    }

    public int trainContext() {
        return LlamaC.llama_model_n_ctx_train(handle);
    }

    public String description() {
        byte[] text = new byte[256];
        int length = LlamaC.llama_model_desc(handle, text, text.length);
        return new String(text, 0, Math.min(Math.max(length, 0), text.length - 1), StandardCharsets.UTF_8);
    }

    public String architecture() {
        return metadata("general.architecture").orElse("unknown");
    }

    /** A value of the model file's metadata, as text. */
    public Optional<String> metadata(String key) {
        byte[] text = new byte[1024];
        int length = LlamaC.llama_model_meta_val_str(handle, cString(key), text, text.length);
        return length < 0
                ? Optional.empty()
                : Optional.of(new String(text, 0, Math.min(length, text.length - 1), StandardCharsets.UTF_8));
    }

    /** The chat template in the model file. */
    public Optional<String> chatTemplate() {
        long template = LlamaC.llama_model_chat_template(handle, 0);
        return template == 0 ? Optional.empty() : Optional.of(new Pointer(template).getString(0, "UTF-8"));
    }

    /** Bytes of a KV cache for {@code context} tokens, from the model's shape, all layers taken to be alike. */
    public long kvBytes(int context, CacheType keys, CacheType values) {
        int heads = LlamaC.llama_model_n_head(handle);
        if (heads == 0) {
            return 0;
        }
        int width = LlamaC.llama_model_n_embd(handle) / heads;
        long kvHeads = LlamaC.llama_model_n_head_kv(handle);
        long keyWidth = kvHeads * shape("attention.key_length", () -> width);
        long valueWidth = kvHeads * shape("attention.value_length", () -> width);
        long perToken = LlamaC.ggml_row_size(keys.id(), keyWidth) + LlamaC.ggml_row_size(values.id(), valueWidth);
        return perToken * context * LlamaC.llama_model_n_layer(handle);
    }

    private int shape(String key, IntSupplier otherwise) {
        Optional<String> value = metadata(architecture() + "." + key);
        return value.filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElseGet(otherwise::getAsInt);
    }

    @Override
    public void close() {
        LlamaC.llama_model_free(handle);
    }
}
