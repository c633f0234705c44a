package dev.melt.embedded;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Writes a GGUF file of the llama family with random weights: as small as a test can do with, F16, or Q4_0 where a turn
 * has to take its time.
 */
public record RandomModel(
        int embedding, int layers, int heads, int feedForward, int vocabulary, boolean q4, Optional<String> template) {
    private static final int ALIGNMENT = 32;
    private static final int FIRST_WORD = 3 + 256;

    /** A fraction of a millisecond a token. */
    public static RandomModel small() {
        return new RandomModel(64, 2, 2, 128, 512, false, Optional.empty());
    }

    /** Some milliseconds a token, so that what is measured stands far above the cost of measuring. */
    public static RandomModel steady() {
        return new RandomModel(1024, 6, 8, 2816, 1024, true, Optional.empty());
    }

    RandomModel withLayers(int count) {
        return new RandomModel(embedding, count, heads, feedForward, vocabulary, q4, template);
    }

    RandomModel withTemplate(String text) {
        return new RandomModel(embedding, layers, heads, feedForward, vocabulary, q4, Optional.of(text));
    }

    private record Tensor(String name, List<Integer> dimensions, boolean vector) {
        long elements() {
            long product = 1;
            for (int dimension : dimensions) {
                product *= dimension;
            }
            return product;
        }
    }

    public Path writeTo(Path file) {
        try {
            List<Tensor> tensors = tensors();
            LittleEndian out = new LittleEndian();
            out.text("GGUF", false).u32(3).u64(tensors.size());
            metadata(out);
            long offset = 0;
            for (Tensor tensor : tensors) {
                out.text(tensor.name(), true).u32(tensor.dimensions().size());
                for (int dimension : tensor.dimensions()) {
                    out.u64(dimension);
                }
                out.u32(type(tensor)).u64(offset);
                offset += padded(bytes(tensor));
            }
            out.pad();
            Random random = new Random(7);
            for (Tensor tensor : tensors) {
                data(out, tensor, random);
                out.pad();
            }
            return Files.write(file, out.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void metadata(LittleEndian out) {
        out.u64(template.isPresent() ? 19 : 18);
        out.string("general.architecture", "llama").string("general.name", "random");
        out.number("general.file_type", q4 ? 2 : 1).number("llama.context_length", 4096);
        out.number("llama.embedding_length", embedding).number("llama.block_count", layers);
        out.number("llama.feed_forward_length", feedForward).number("llama.attention.head_count", heads);
        out.number("llama.attention.head_count_kv", heads / 2).number("llama.rope.dimension_count", embedding / heads);
        out.text("llama.attention.layer_norm_rms_epsilon", true).u32(6).f32(1e-5f);
        out.string("tokenizer.ggml.model", "llama");
        out.array("tokenizer.ggml.tokens", 8, vocabulary, i -> out.text(token(i), true));
        out.array("tokenizer.ggml.scores", 6, vocabulary, i -> out.f32(i < FIRST_WORD ? 0 : -i));
        out.array("tokenizer.ggml.token_type", 5, vocabulary, i -> out.u32(tokenType(i)));
        out.number("tokenizer.ggml.bos_token_id", 1).number("tokenizer.ggml.eos_token_id", 2);
        out.text("melt.synthetic", true).u32(7).raw(new byte[] {1});
        if (template.isPresent()) {
            out.string("tokenizer.chat_template", template.get());
        }
    }

    private static String token(int id) {
        if (id < 3) {
            return List.of("<unk>", "<s>", "</s>").get(id);
        }
        return id < FIRST_WORD ? String.format("<0x%02X>", id - 3) : "\u2581w" + id;
    }

    private static int tokenType(int id) {
        if (id < 3) {
            return id == 0 ? 2 : 3;
        }
        return id < FIRST_WORD ? 6 : 1;
    }

    private List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        int keys = embedding / 2;
        tensors.add(matrix("token_embd", embedding, vocabulary));
        for (int i = 0; i < layers; i++) {
            String block = "blk." + i + ".";
            tensors.add(vector(block + "attn_norm"));
            tensors.add(matrix(block + "attn_q", embedding, embedding));
            tensors.add(matrix(block + "attn_k", embedding, keys));
            tensors.add(matrix(block + "attn_v", embedding, keys));
            tensors.add(matrix(block + "attn_output", embedding, embedding));
            tensors.add(vector(block + "ffn_norm"));
            tensors.add(matrix(block + "ffn_gate", embedding, feedForward));
            tensors.add(matrix(block + "ffn_up", embedding, feedForward));
            tensors.add(matrix(block + "ffn_down", feedForward, embedding));
        }
        tensors.add(vector("output_norm"));
        tensors.add(matrix("output", embedding, vocabulary));
        return tensors;
    }

    private static Tensor matrix(String name, int in, int out) {
        return new Tensor(name + ".weight", List.of(in, out), false);
    }

    private Tensor vector(String name) {
        return new Tensor(name + ".weight", List.of(embedding), true);
    }

    private int type(Tensor tensor) {
        if (tensor.vector()) {
            return 0;
        }
        return q4 ? 2 : 1;
    }

    private long bytes(Tensor tensor) {
        if (tensor.vector()) {
            return 4 * tensor.elements();
        }
        return q4 ? tensor.elements() / 32 * 18 : 2 * tensor.elements();
    }

    private static long padded(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void data(LittleEndian out, Tensor tensor, Random random) {
        byte[] values = new byte[(int) bytes(tensor)];
        if (tensor.vector()) {
            for (int i = 0; i < tensor.elements(); i++) {
                out.f32(1);
            }
            return;
        }
        random.nextBytes(values);
        int step = q4 ? 18 : 2;
        for (int i = 0; i < values.length; i += step) {
            // as F16: about 0.003 for a block's scale, and weights of either sign around 0.06
            values[i + 1] = (byte) (q4 ? 0x1A : 0x2A | (values[i + 1] & 0x81));
        }
        out.raw(values);
    }

    /** Bytes in the order of GGUF. */
    private static final class LittleEndian {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream data = new DataOutputStream(bytes);

        LittleEndian u32(int value) {
            return run(() -> data.writeInt(Integer.reverseBytes(value)));
        }

        LittleEndian u64(long value) {
            return run(() -> data.writeLong(Long.reverseBytes(value)));
        }

        LittleEndian f32(float value) {
            return u32(Float.floatToIntBits(value));
        }

        LittleEndian raw(byte[] value) {
            return run(() -> data.write(value));
        }

        LittleEndian text(String value, boolean counted) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            return (counted ? u64(utf8.length) : this).raw(utf8);
        }

        LittleEndian string(String key, String value) {
            return text(key, true).u32(8).text(value, true);
        }

        LittleEndian number(String key, int value) {
            return text(key, true).u32(4).u32(value);
        }

        void array(String key, int type, int count, IntConsumer element) {
            text(key, true).u32(9).u32(type).u64(count);
            for (int i = 0; i < count; i++) {
                element.accept(i);
            }
        }

        void pad() {
            raw(new byte[(int) (padded(bytes.size()) - bytes.size())]);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        private interface Writing {
            void run() throws IOException;
        }

        private LittleEndian run(Writing writing) {
            try {
                writing.run();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
