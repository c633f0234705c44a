package dev.melt.embedded.llama;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a model wants a conversation to be written.
 *
 * <p>Only what a turn adds is written: the end of the answer before, the new message and the head of the new answer.
 * Templates write a message after the other, so that addition does not depend on what was said before.
 */
public final class ChatTemplate {
    private static final String FALLBACK = "chatml";

    private final String template;
    private final boolean ofModel;

    private ChatTemplate(String template, boolean ofModel) {
        this.template = template;
        this.ofModel = ofModel;
    }

    private record Message(String role, String content) {}

    /** The model's own template, or ChatML where it has none or one that llama.cpp does not know. */
    public static ChatTemplate of(LlamaModel model) {
        Optional<String> own = model.chatTemplate();
        if (own.isPresent()
                && apply(own.get(), List.of(new Message("user", "?"))).isPresent()) {
            return new ChatTemplate(own.get(), true);
        }
        return new ChatTemplate(FALLBACK, false);
    }

    /** {@code model}, or {@code chatml} where that had to stand in. */
    public String origin() {
        return ofModel ? "model" : FALLBACK;
    }

    /** What the first message of a conversation puts into the context. */
    public String first(String prompt) {
        return written(new Message("user", prompt));
    }

    /** What a later message adds to it. */
    public String next(String prompt) {
        String before = written(new Message("user", ""));
        String after = written(new Message("user", ""), new Message("assistant", ""), new Message("user", prompt));
        return after.startsWith(before) ? after.substring(before.length()) : first(prompt);
    }

    private String written(Message... messages) {
        return apply(template, Arrays.asList(messages)).orElse("");
    }

    private static Optional<String> apply(String template, List<Message> messages) {
        byte[] source = LlamaModel.cString(template);
        byte[][] texts = messages.stream()
                .flatMap(message -> Stream.of(message.role(), message.content()))
                .map(LlamaModel::cString)
                .toArray(byte[][]::new);
        int total = Arrays.stream(texts).mapToInt(text -> text.length).sum();
        try (Memory strings = new Memory(total);
                Memory array = new Memory(8L * texts.length)) {
            long at = 0;
            for (int i = 0; i < texts.length; i++) {
                strings.write(at, texts[i], 0, texts[i].length);
                array.setPointer(8L * i, strings.share(at));
                at += texts[i].length;
            }
            return apply(source, array, messages.size(), new byte[2 * total + 1024]);
        }
    }

    private static Optional<String> apply(byte[] template, Memory messages, int count, byte[] buffer) {
        byte[] text = buffer;
        int length = LlamaC.llama_chat_apply_template(template, messages, count, (byte) 1, text, text.length);
        if (length > text.length) {
            text = new byte[length];
            length = LlamaC.llama_chat_apply_template(template, messages, count, (byte) 1, text, text.length);
        }
        return length < 0 ? Optional.empty() : Optional.of(new String(text, 0, length, StandardCharsets.UTF_8));
    }
}
