package dev.melt.core.model.shape;

import java.util.List;
import java.util.Locale;

/**
 * How a family marks who speaks in a conversation: the control tokens, and a template in the subset of Jinja that
 * llama.cpp recognises by its marks.
 */
public enum ChatStyle {
    LLAMA2(
            "</s>",
            "",
            "{% for m in messages %}{% if m.role == 'user' %}{{ bos_token + '[INST] ' + m.content + ' [/INST]' }}"
                    + "{% elif m.role == 'system' %}{{ '<<SYS>>\\n' + m.content + '\\n<</SYS>>\\n\\n' }}"
                    + "{% else %}{{ ' ' + m.content + ' ' + eos_token }}{% endif %}{% endfor %}"),
    CHATML(
            "<|im_end|>",
            "<|endoftext|> <|im_start|> <|im_end|>",
            "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"),
    LLAMA3(
            "<|eot_id|>",
            "<|begin_of_text|> <|end_of_text|> <|start_header_id|> <|end_header_id|> <|eot_id|>",
            "{% for m in messages %}{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' + m.content"
                    + " + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}"
                    + "{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"),
    GEMMA(
            "<end_of_turn>",
            "<start_of_turn> <end_of_turn>",
            "{{ bos_token }}{% for m in messages %}{{ '<start_of_turn>' + ('model' if m.role == 'assistant' else"
                    + " m.role) + '\\n' + m.content + '<end_of_turn>\\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}"),
    PHI3(
            "<|end|>",
            "<|endoftext|> <|system|> <|user|> <|assistant|> <|end|>",
            "{% for m in messages %}{{ '<|' + m.role + '|>\\n' + m.content + '<|end|>\\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}"),
    ZEPHYR(
            "<|endoftext|>",
            "<|endoftext|> <|system|> <|user|> <|assistant|>",
            "{% for m in messages %}{% if m.role == 'user' %}{{ '<|user|>\\n' + m.content + '<|endoftext|>\\n' }}"
                    + "{% else %}{{ '<|' + m.role + '|>\\n' + m.content + '<|endoftext|>\\n' }}{% endif %}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}");

    private final String endOfTurn;
    private final String controlTokens;
    private final String template;

    ChatStyle(String endOfTurn, String controlTokens, String template) {
        this.endOfTurn = endOfTurn;
        this.controlTokens = controlTokens;
        this.template = template;
    }

    /** The style as a configuration spells it. */
    public static ChatStyle of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The token that ends an answer. */
    public String endOfTurn() {
        return endOfTurn;
    }

    /** Tokens that stand for marks and not for text, beside those of the tokenizer itself. */
    public List<String> controlTokens() {
        return controlTokens.isEmpty() ? List.of() : List.of(controlTokens.split(" "));
    }

    public String template() {
        return template;
    }
}
