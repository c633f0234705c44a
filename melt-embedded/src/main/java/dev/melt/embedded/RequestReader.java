package dev.melt.embedded;

import dev.melt.embedded.Request.Conversation;
import dev.melt.embedded.Request.Exchange;
import dev.melt.embedded.Request.Prompt;
import dev.melt.embedded.Request.Question;
import dev.melt.embedded.Request.Repeat;
import dev.melt.embedded.Request.TextScore;
import dev.melt.embedded.Request.Turn;
import dev.melt.embedded.llama.CacheType;
import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.Sampler;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a request file; anything it does not know is refused with the field's path. */
final class RequestReader {
    private static final int MOST_TOKENS = 10_000_000;
    private static final int SMALLEST_WINDOW = 8;
    private static final int MOST_TURNS = Integer.MAX_VALUE - 1;

    private final Set<Integer> numbers = new HashSet<>();

    private RequestReader() {}

    static Request read(Path file) {
        return new RequestReader().request(new Fields("request", JsonTree.read(file)));
    }

    private Request request(Fields fields) {
        Path model = path(fields, "model");
        Settings settings = settings(fields.object("settings"));
        boolean perOp = fields.flag("per_op", false);
        List<Conversation> conversations =
                fields.objects("conversations").stream().map(this::conversation).toList();
        Optional<Repeat> repeat =
                fields.has("repeat") ? Optional.of(repeat(fields.object("repeat"))) : Optional.empty();
        List<Question> score =
                fields.objects("score").stream().map(RequestReader::question).toList();
        Optional<Path> scoreFile =
                fields.has("score_file") ? Optional.of(path(fields, "score_file")) : Optional.empty();
        Optional<TextScore> text = fields.has("text") ? Optional.of(text(fields.object("text"))) : Optional.empty();
        fields.refuseOthers();
        return new Request(model, settings, perOp, conversations, repeat, score, scoreFile, text);
    }

    private static Path path(Fields fields, String name) {
        String text = fields.requiredText(name);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Fields.wrong(fields.at(name), "a path", e.getReason());
        }
    }

    private static Settings settings(Fields fields) {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = fields.integer("threads", cores, 1, 512);
        int batch = fields.integer("batch", 2048, 1, 1 << 20);
        LlamaContext.Shape shape = new LlamaContext.Shape(
                threads,
                fields.integer("threads_batch", threads, 1, 512),
                fields.integer("context", 2048, 0, MOST_TOKENS),
                batch,
                fields.integer("ubatch", Math.min(512, batch), 1, 1 << 20),
                cacheType(fields, "cache_type_k"),
                cacheType(fields, "cache_type_v"),
                fields.flag("flash_attention", false));
        Sampler.Choice choice = new Sampler.Choice(
                fields.integer("seed", 42, 0, Integer.MAX_VALUE),
                fields.decimal("temperature", 0, 0, 100),
                fields.integer("top_k", 40, 0, Integer.MAX_VALUE),
                fields.decimal("top_p", 0.95, 0, 1),
                fields.decimal("min_p", 0.05, 0, 1),
                fields.decimal("repeat_penalty", 1, 0.01, 100),
                fields.flag("ignore_eos", false));
        Settings settings = new Settings(
                shape, fields.flag("mmap", true), fields.flag("mlock", false), choice, fields.flag("warmup", true));
        fields.refuseOthers();
        return settings;
    }

    private static CacheType cacheType(Fields fields, String name) {
        String label = fields.text(name).orElse(CacheType.F16.label());
        return Arrays.stream(CacheType.values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Fields.wrong(
                        fields.at(name),
                        "one of "
                                + Arrays.stream(CacheType.values())
                                        .map(CacheType::label)
                                        .toList(),
                        label));
    }

    private Conversation conversation(Fields fields) {
        int id = fields.requiredInteger("id", 0, Integer.MAX_VALUE);
        boolean chat = fields.flag("chat", false);
        List<Exchange> restore =
                fields.objects("restore").stream().map(RequestReader::exchange).toList();
        if (!restore.isEmpty() && !chat) {
            throw Fields.wrong(fields.at("restore"), "chat true", "chat false");
        }
        List<Turn> turns = new ArrayList<>();
        for (Fields turn : fields.objects("turns")) {
            turns.add(turn(turn, chat && !(restore.isEmpty() && turns.isEmpty())));
        }
        fields.refuseOthers();
        return new Conversation(id, chat, turns, restore);
    }

    private Turn turn(Fields fields, boolean inMidChat) {
        int number = fields.requiredInteger("turn", 0, MOST_TURNS);
        if (!numbers.add(number)) {
            throw Fields.wrong(fields.at("turn"), "a number no other turn has", number);
        }
        Turn turn = new Turn(
                number,
                prompt(fields),
                fields.integer("generate", 128, 0, MOST_TOKENS),
                fields.integer("depth", 0, 0, MOST_TOKENS));
        if (turn.depth() > 0 && inMidChat) {
            throw Fields.wrong(fields.at("depth"), "0 in a chat that goes on", turn.depth());
        }
        fields.refuseOthers();
        return turn;
    }

    private static Prompt prompt(Fields fields) {
        Optional<String> text = fields.text("prompt");
        if (text.isPresent() == fields.has("prompt_tokens")) {
            throw Fields.wrong(fields.at("prompt"), "prompt or prompt_tokens", text.isPresent() ? "both" : "neither");
        }
        return text.<Prompt>map(Prompt.Text::new)
                .orElseGet(() -> new Prompt.RandomTokens(fields.requiredInteger("prompt_tokens", 1, MOST_TOKENS)));
    }

    private static List<Integer> numbers(Fields fields, String name) {
        List<Integer> numbers = new ArrayList<>();
        for (Object number : fields.list(name)) {
            numbers.add(Fields.integer(fields.at(name), number, 0, Integer.MAX_VALUE));
        }
        return numbers;
    }

    private static Exchange exchange(Fields fields) {
        Exchange exchange = new Exchange(fields.requiredText("prompt"), numbers(fields, "ids"));
        fields.refuseOthers();
        return exchange;
    }

    private static Repeat repeat(Fields fields) {
        Optional<Double> seconds =
                fields.value("seconds").map(value -> Fields.decimal(fields.at("seconds"), value, 0.001, 10_000_000));
        OptionalInt turns = fields.has("turns")
                ? OptionalInt.of(fields.requiredInteger("turns", 1, MOST_TURNS))
                : OptionalInt.empty();
        fields.refuseOthers();
        if (seconds.isEmpty() && turns.isEmpty()) {
            throw Fields.wrong(fields.at("seconds"), "seconds or turns", "neither");
        }
        return new Repeat(seconds, turns);
    }

    private static Question question(Fields fields) {
        Question question = new Question(
                fields.requiredInteger("id", 0, Integer.MAX_VALUE),
                fields.text("context").orElse(""),
                fields.requiredText("continuation"));
        fields.refuseOthers();
        return question;
    }

    private static TextScore text(Fields fields) {
        TextScore text = new TextScore(
                path(fields, "file"),
                fields.requiredInteger("window", SMALLEST_WINDOW, MOST_TOKENS),
                fields.has("most")
                        ? OptionalInt.of(fields.requiredInteger("most", 1, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                fields.has("base") ? Optional.of(path(fields, "base")) : Optional.empty(),
                Set.copyOf(numbers(fields, "done")));
        fields.refuseOthers();
        return text;
    }
}
