package dev.melt.embedded.llama;

import com.sun.jna.Pointer;
import dev.melt.embedded.llama.LlamaException.Reason;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sequence of tokens with its KV cache. The caller puts tokens behind the {@link #position()} and evaluates them.
 *
 * <p>{@link #evaluate}, {@link #sample} and {@link #put(int)} do not allocate.
 */
public final class LlamaContext implements AutoCloseable {
    private static final Pattern FLASH = Pattern.compile("flash_attn\\s*=\\s*([01])");
    private static final Pattern CACHE = Pattern.compile("type_k = '(\\w+)', type_v = '(\\w+)'");
    private static final int NO_SLOT = 1;
    private static final int ABORTED = 2;

    private final long handle;
    private final LlamaModel model;
    private final EngineLog log;
    private final StopFlag stop;
    private final int capacity;
    private final int batchSize;
    private final Batch batch;
    private final Sampler sampler;
    private int position;

    private LlamaContext(long handle, LlamaModel model, EngineLog log, StopFlag stop, Sampler.Choice choice) {
        this.handle = handle;
        this.model = model;
        this.log = log;
        this.stop = stop;
        this.capacity = LlamaC.llama_n_ctx(handle);
        this.batchSize = LlamaC.llama_n_batch(handle);
        this.batch = new Batch(capacity);
        this.sampler = Sampler.of(model.vocabulary(), choice);
    }

    /**
     * What a context is made with.
     *
     * @param context tokens it holds
     * @param batch most tokens of one call, and {@code ubatch} of one graph
     */
    public record Shape(
            int threads,
            int threadsBatch,
            int context,
            int batch,
            int ubatch,
            CacheType keys,
            CacheType values,
            boolean flashAttention) {}

    public static LlamaContext create(
            LlamaLibrary library,
            LlamaModel model,
            Shape shape,
            Sampler.Choice choice,
            StopFlag stop,
            Optional<OperatorTrace> trace) {
        ContextParams params = LlamaC.llama_context_default_params();
        params.context = shape.context();
        params.batch = shape.batch();
        params.ubatch = shape.ubatch();
        params.threads = shape.threads();
        params.threadsBatch = shape.threadsBatch();
        params.typeK = shape.keys().id();
        params.typeV = shape.values().id();
        params.flashAttention = (byte) (shape.flashAttention() ? 1 : 0);
        params.noPerf = 0;
        params.abort = stop.function();
        params.abortData = stop.data();
        trace.ifPresent(callback -> params.eval = callback);
        long handle = LlamaC.llama_init_from_model(model.handle(), params);
        if (handle == 0) {
            throw LoadFailure.ofContext(library.log());
        }
        return new LlamaContext(handle, model, library.log(), stop, choice);
    }

    /** Evaluates two tokens that are not counted, with all weights touched, as llama.cpp's own programs do. */
    public void warmUp() {
        LlamaC.llama_set_warmup(handle, (byte) 1);
        for (int token : model.vocabulary().warmUp()) {
            put(token);
        }
        evaluate(0, position);
        LlamaC.llama_set_warmup(handle, (byte) 0);
        clear();
        LlamaC.llama_perf_context_reset(handle);
    }

    /** Goes through what a decode does around the engine's own work, so that it is compiled before it is timed. */
    public void rehearse() {
        int before = position;
        position = 0;
        put(0);
        batch.window(0, 1);
        evaluate(0, 0);
        position = before;
    }

    /** Empties the KV cache. */
    public void clear() {
        LlamaC.llama_kv_self_clear(handle);
        position = 0;
    }

    /**
     * Empties the KV cache behind the first {@code tokens}.
     *
     * @return how many are kept: none where the model's kind of memory cannot be cut
     */
    public int keep(int tokens) {
        if (tokens == 0 || LlamaC.llama_kv_self_seq_rm(handle, 0, tokens, -1) == 0) {
            clear();
        } else {
            position = tokens;
        }
        return position;
    }

    /** Where the next token goes: the number of tokens put so far. */
    public int position() {
        return position;
    }

    public int capacity() {
        return capacity;
    }

    /** Puts a token behind the others; it has to be evaluated then. */
    public void put(int token) {
        batch.setToken(position, token);
        position++;
    }

    /**
     * Puts the tokens of a text behind the others.
     *
     * @return false if they are more than the context holds; nothing is put then
     */
    public boolean put(byte[] utf8) {
        int count =
                model.vocabulary().tokenize(utf8, position == 0, batch.tokenAddress(position), capacity - position + 1);
        if (count < 0 || position + count > capacity) {
            return false;
        }
        position += count;
        return true;
    }

    /** The token that was put at a position. */
    int token(int at) {
        return batch.token(at);
    }

    /** Takes back what was put from {@code to} on and never evaluated. */
    public void unput(int to) {
        position = to;
    }

    /** Evaluates the tokens from {@code from} to {@code to} and waits until the last one's logits are there. */
    public void evaluate(int from, int to) {
        for (int at = from; at < to; at += batchSize) {
            decode(batch.window(at, Math.min(batchSize, to - at)));
        }
        LlamaC.llama_synchronize(handle);
    }

    /** The same for one batch at the most, with logits for every position from {@code firstWanted} on. */
    void evaluateForLogits(int from, int to, int firstWanted) {
        decode(batch.window(from, to - from, firstWanted));
        LlamaC.llama_synchronize(handle);
    }

    private void decode(Batch tokens) {
        int code = LlamaC.llama_decode(handle, tokens);
        if (code != 0) {
            throw failure(code);
        }
    }

    private LlamaException failure(int code) {
        if (code == ABORTED || stop.raised()) {
            return new LlamaException(Reason.INTERRUPTED, "stopped while tokens were evaluated");
        }
        if (log.errors().contains("failed to allocate")) {
            return new LlamaException(Reason.OUT_OF_MEMORY, log.errors());
        }
        String what = code == NO_SLOT ? "no room in the KV cache" : "code " + code;
        return new LlamaException(Reason.BACKEND, "llama_decode: " + what + "; " + log.errors());
    }

    /** Chooses the token that follows the last one evaluated. */
    public int sample() {
        return sampler.sample(handle);
    }

    /** Makes the next turn independent of those before: the seed starts anew, and so do the engine's own figures. */
    public void beginTurn() {
        sampler.reset();
        LlamaC.llama_perf_context_reset(handle);
    }

    /** The engine's own figures since the last {@link #beginTurn()}. */
    public PerfData perf() {
        return LlamaC.llama_perf_context(handle);
    }

    /** Reads the logits of the {@code index}-th token of the last batch. */
    void readLogits(int index, float[] into) {
        long address = LlamaC.llama_get_logits_ith(handle, index);
        if (address == 0) {
            throw new LlamaException(Reason.BACKEND, "no logits for token " + index + " of the batch");
        }
        new Pointer(address).read(0, into, 0, into.length);
    }

    public LlamaModel model() {
        return model;
    }

    public int batch() {
        return batchSize;
    }

    public int ubatch() {
        return LlamaC.llama_n_ubatch(handle);
    }

    public int threads() {
        return LlamaC.llama_n_threads(handle);
    }

    public int threadsBatch() {
        return LlamaC.llama_n_threads_batch(handle);
    }

    /** Whether flash attention is on, as the engine says; empty if it does not say. */
    public Optional<Boolean> flashAttention() {
        return log.find(FLASH).map(match -> match.group(1).equals("1"));
    }

    /** The type keys are cached in, as the engine says. */
    public Optional<String> keyType() {
        return log.find(CACHE).map(match -> match.group(1));
    }

    /** The type values are cached in, as the engine says. */
    public Optional<String> valueType() {
        return log.find(CACHE).map((Matcher match) -> match.group(2));
    }

    /** The begin token, where a text that begins here gets one. */
    public OptionalInt beginHere() {
        return position == 0 ? model.vocabulary().begin() : OptionalInt.empty();
    }

    @Override
    public void close() {
        sampler.close();
        LlamaC.llama_free(handle);
    }
}
