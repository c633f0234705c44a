package dev.melt.embedded.llama;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * The functions of llama.h and ggml.h that the worker calls, with their names and their order of arguments.
 *
 * <p>{@code bool} is a byte and every pointer is a {@code long}: JNA would read a whole {@code int} for a Java boolean
 * and would allocate an object for every pointer.
 */
@SuppressWarnings("MemberName") // the names are those of the C functions
final class LlamaC {
    private LlamaC() {}

    static void bind(Path library) {
        Native.register(LlamaC.class, NativeLibrary.getInstance(library.toString()));
    }

    static native void llama_backend_init();

    static native void llama_backend_free();

    static native void llama_log_set(Callbacks.Log callback, long userData);

    static native String llama_print_system_info();

    static native ModelParams llama_model_default_params();

    static native ContextParams llama_context_default_params();

    static native long llama_model_load_from_file(byte[] path, ModelParams params);

    static native void llama_model_free(long model);

    static native long llama_init_from_model(long model, ContextParams params);

    static native void llama_free(long context);

    static native long llama_model_get_vocab(long model);

    static native int llama_model_n_ctx_train(long model);

    static native int llama_model_n_embd(long model);

    static native int llama_model_n_layer(long model);

    static native int llama_model_n_head(long model);

    static native int llama_model_n_head_kv(long model);

    static native long llama_model_n_params(long model);

    static native long llama_model_size(long model);

    static native int llama_model_desc(long model, byte[] text, long size);

    static native int llama_model_meta_val_str(long model, byte[] key, byte[] text, long size);

    static native long llama_model_chat_template(long model, long name);

    static native int llama_chat_apply_template(
            byte[] template, Pointer messages, long count, byte addAssistant, byte[] text, int size);

    static native int llama_n_ctx(long context);

    static native int llama_n_batch(long context);

    static native int llama_n_ubatch(long context);

    static native int llama_n_threads(long context);

    static native int llama_n_threads_batch(long context);

    static native void llama_kv_self_clear(long context);

    static native byte llama_kv_self_seq_rm(long context, int sequence, int from, int to);

    static native int llama_decode(long context, Batch batch);

    static native void llama_synchronize(long context);

    static native void llama_set_warmup(long context, byte warmup);

    static native long llama_get_logits_ith(long context, int index);

    static native PerfData llama_perf_context(long context);

    static native void llama_perf_context_reset(long context);

    static native int llama_vocab_n_tokens(long vocab);

    static native int llama_vocab_bos(long vocab);

    static native int llama_vocab_eos(long vocab);

    static native byte llama_vocab_get_add_bos(long vocab);

    static native byte llama_vocab_is_eog(long vocab, int token);

    static native int llama_vocab_get_attr(long vocab, int token);

    static native int llama_tokenize(
            long vocab, byte[] text, int length, long tokens, int capacity, byte addSpecial, byte parseSpecial);

    static native int llama_detokenize(
            long vocab, int[] tokens, int count, byte[] text, int size, byte removeSpecial, byte unparseSpecial);

    static native SamplerChainParams llama_sampler_chain_default_params();

    static native long llama_sampler_chain_init(SamplerChainParams params);

    static native void llama_sampler_chain_add(long chain, long sampler);

    static native long llama_sampler_init_greedy();

    static native long llama_sampler_init_dist(int seed);

    static native long llama_sampler_init_top_k(int k);

    static native long llama_sampler_init_top_p(float p, long minKeep);

    static native long llama_sampler_init_min_p(float p, long minKeep);

    static native long llama_sampler_init_temp(float temperature);

    static native long llama_sampler_init_penalties(int lastTokens, float repeat, float frequency, float presence);

    static native long llama_sampler_init_logit_bias(int vocabulary, int count, Pointer biases);

    static native int llama_sampler_sample(long sampler, long context, int index);

    static native void llama_sampler_reset(long sampler);

    static native void llama_sampler_free(long sampler);

    static native long ggml_tensor_overhead();

    static native long ggml_row_size(int type, long elements);

    static native String ggml_type_name(int type);

    static native long ggml_op_desc(long tensor);
}
