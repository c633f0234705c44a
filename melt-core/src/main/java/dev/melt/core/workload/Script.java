package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.problem.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every workload comes down to: the same for each engine, in the order in which it is run.
 *
 * @param repeatFor go through the conversations again and again until so much time is up; the turn that is running then
 *     is finished
 * @param repeatTurns the same until so many turns are done; never given together with {@code repeatFor}
 * @param examination what is scored in place of turns; a script with one has no conversations
 */
public record Script(
        List<Conversation> conversations,
        Optional<Duration> repeatFor,
        OptionalInt repeatTurns,
        Optional<Examination> examination) {
    private static final long BYTES_PER_TOKEN = 3L;
    private static final long BYTES_PER_TOKEN_OF_QUESTIONS = 2L;
    private static final long TEMPLATE_TOKENS = 32L;
    private static final int PROFILED_TURNS = 16;
    private static final int PROFILED_TOKENS = 128;

    public Script {
        conversations = List.copyOf(conversations);
        requireNonNull(repeatFor, "repeatFor");
        requireNonNull(repeatTurns, "repeatTurns");
        requireNonNull(examination, "examination");
        if (examination.isEmpty()) {
            Limits.checkNotEmpty("conversations", conversations.size());
        }
        if (repeatFor.isPresent() && repeatTurns.isPresent()) {
            throw new InvalidInputException(
                    "sustained run", "a time or a number of turns needed", "both found", "take one out");
        }
    }

    /** Turns, and nothing else. */
    public Script(List<Conversation> conversations, Optional<Duration> repeatFor, OptionalInt repeatTurns) {
        this(conversations, repeatFor, repeatTurns, Optional.empty());
    }

    /** An examination, and no turns. */
    public static Script of(Examination examination) {
        return new Script(List.of(), Optional.empty(), OptionalInt.empty(), Optional.of(examination));
    }

    /** One pass over the conversations. */
    public static Script once(List<Conversation> conversations) {
        return new Script(conversations, Optional.empty(), OptionalInt.empty());
    }

    /**
     * What a trial with timed operators goes through: one pass over the first turns, 16 at the most, with 128 tokens generated in all.
     * Each pass through a model has a thousand operators, and they are alike.
     */
    public Script profiled() {
        List<Conversation> first = new ArrayList<>();
        int turns = PROFILED_TURNS;
        int tokens = PROFILED_TOKENS;
        for (Conversation conversation : conversations) {
            List<Request> kept = new ArrayList<>();
            for (Request request : conversation.turns()) {
                if (turns > 0 && (tokens > 0 || request.generate() == 0)) {
                    Request one = request.atMost(tokens);
                    kept.add(one);
                    tokens -= one.generate();
                    turns--;
                } else {
                    turns = 0; // a later turn would have another context without this one
                }
            }
            if (!kept.isEmpty()) {
                first.add(new Conversation(conversation.id(), conversation.chat(), kept));
            }
        }
        return first.isEmpty() ? this : once(first);
    }

    public int turnsInOnePass() {
        return conversations.stream().mapToInt(c -> c.turns().size()).sum();
    }

    /** How many turns a trial has; empty when only time ends it. */
    public OptionalInt totalTurns() {
        if (repeatFor.isPresent()) {
            return OptionalInt.empty();
        }
        return repeatTurns.isPresent() ? repeatTurns : OptionalInt.of(turnsInOnePass());
    }

    /** The turn of that number; after the last of a pass the first conversation begins anew. */
    public ScriptedTurn turn(int number) {
        if (number < 0 || number >= totalTurns().orElse(Integer.MAX_VALUE)) {
            throw new IndexOutOfBoundsException("turn " + number + " of " + totalTurns());
        }
        int rest = number % turnsInOnePass();
        int conversation = 0;
        while (rest >= conversations.get(conversation).turns().size()) {
            rest -= conversations.get(conversation).turns().size();
            conversation++;
        }
        Conversation found = conversations.get(conversation);
        return new ScriptedTurn(number, found, rest == 0, found.turns().get(rest));
    }

    /**
     * How many tokens the longest conversation fills a context with: exact where the requests count tokens, for text a
     * guess on the high side (three bytes a token, 32 tokens of chat template a turn; two bytes a token for questions).
     */
    public long contextTokens() {
        if (examination.isPresent()) {
            return contextTokens(examination.get());
        }
        return conversations.stream().mapToLong(Script::contextTokens).max().orElseThrow();
    }

    private static long contextTokens(Examination examination) {
        if (examination instanceof Examination.Choices choices) {
            return choices.items().stream()
                            .mapToLong(item -> item.longestBytes() / BYTES_PER_TOKEN_OF_QUESTIONS)
                            .max()
                            .orElseThrow()
                    + TEMPLATE_TOKENS;
        }
        // a window is as long as the context, to the token
        return ((Examination.Prose) examination).window() - 1L;
    }

    private static long contextTokens(Conversation conversation) {
        return conversation.turns().stream()
                .mapToLong(request -> request.generate() + promptTokens(request))
                .sum();
    }

    private static long promptTokens(Request request) {
        if (request instanceof Request.Text text) {
            return text.prompt().getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN + TEMPLATE_TOKENS;
        }
        Request.Tokens tokens = (Request.Tokens) request;
        return (long) tokens.depth() + tokens.promptTokens();
    }

    /**
     * The script as JSON that is the same, byte for byte, for all workloads that ask the same: keys sorted, no blanks, no
     * names or ids, which change no figure. It goes into the fingerprint of a cell; the version in it is raised when its
     * form changes.
     */
    public String canonicalJson() {
        ObjectNode script = JsonNodeFactory.instance.objectNode();
        ArrayNode list = script.putArray("conversations");
        for (Conversation conversation : conversations) {
            ObjectNode one = list.addObject().put("chat", conversation.chat());
            ArrayNode turns = one.putArray("turns");
            conversation.turns().forEach(request -> addTo(turns, request));
        }
        repeatFor.ifPresent(time -> script.put("repeatMillis", time.toMillis()));
        repeatTurns.ifPresent(turns -> script.put("repeatTurns", turns));
        examination.ifPresent(found -> ExaminationJson.addTo(script, found));
        return script.put("version", 1).toString();
    }

    private static void addTo(ArrayNode turns, Request request) {
        if (request instanceof Request.Text text) {
            turns.addObject().put("generate", text.generate()).put("text", text.prompt());
        } else if (request instanceof Request.Tokens tokens) {
            turns.addObject()
                    .put("depth", tokens.depth())
                    .put("generate", tokens.generate())
                    .put("prompt", tokens.promptTokens());
        }
    }
}
