package dev.melt.engines.ask;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a workload asks that an engine of one process a turn cannot do: each question is answered with the problem, or with
 * nothing where there is none. Immutable.
 */
public record ScriptShape(String engine, String device, Script script) {
    public ScriptShape {
        requireNonNull(engine, "engine");
        requireNonNull(device, "device");
        requireNonNull(script, "script");
    }

    /** A process ends with its turn: it remembers no turn before and cannot look at a clock between turns. */
    public Optional<Problem> separateTurns() {
        if (script.repeatFor().isPresent()) {
            return problem(
                    "a number of turns", "a time to go on for", "name the number of turns: sustained-48turns:WORKLOAD");
        }
        return where(
                c -> c.turns().size() > 1,
                "conversations of one turn, as each turn is a process of its own",
                "a conversation of several turns",
                "take a set of prompts or a token grid");
    }

    /** The engine hands a prompt over as it is. */
    public Optional<Problem> withoutTemplate() {
        return where(
                Conversation::chat,
                "prompts without a chat template, which this engine does not put around them",
                "prompts for the chat template",
                "write chat: false in the workload, with the template in the prompt where the model needs it");
    }

    /** The engine always puts the chat template around a prompt. */
    public Optional<Problem> withTemplate() {
        return where(
                c -> !c.chat(),
                "prompts for the chat template, which this engine always puts around them",
                "prompts without it",
                "write chat: true in the workload");
    }

    /** The engine fills no cache ahead of the timed part. */
    public Optional<Problem> emptyContext() {
        return anyTokens(
                t -> t.depth() > 0,
                "turns that begin with an empty context",
                "a depth of tokens before the prompt",
                "take a workload without @d");
    }

    /** A prompt and something to generate are both needed. */
    public Optional<Problem> bothPhases() {
        return anyTokens(
                t -> t.promptTokens() == 0 || t.generate() == 0,
                "a prompt and tokens to generate in each turn",
                "a turn of one phase only",
                "take points such as pp512-tg128");
    }

    /** The engine has no synthetic prompts. */
    public Optional<Problem> textOnly() {
        return anyTokens(t -> true, "prompts of text", "a prompt that is a number of tokens", "take a set of prompts");
    }

    /** All turns are of one kind, prompts of text or numbers of tokens. */
    public Optional<Problem> oneKind() {
        return script.conversations().get(0).turns().get(0) instanceof Request.Tokens ? tokensOnly() : textOnly();
    }

    /** The engine is asked for numbers of tokens in all turns. */
    public Optional<Problem> tokensOnly() {
        return where(
                c -> c.turns().stream().anyMatch(Request.Text.class::isInstance),
                "numbers of tokens in all turns",
                "a prompt of text among them",
                "take them apart into two workloads");
    }

    private Optional<Problem> anyTokens(
            Predicate<Request.Tokens> bad, String expectation, String finding, String remedy) {
        return where(
                c -> c.turns().stream().anyMatch(r -> r instanceof Request.Tokens t && bad.test(t)),
                expectation,
                finding,
                remedy);
    }

    private Optional<Problem> where(Predicate<Conversation> bad, String expectation, String finding, String remedy) {
        return script.conversations().stream().anyMatch(bad) ? problem(expectation, finding, remedy) : Optional.empty();
    }

    private Optional<Problem> problem(String expectation, String finding, String remedy) {
        return Optional.of(new Problem(
                "[" + device + "] engine " + engine, expectation + " expected", finding + " found", remedy));
    }
}
