package dev.melt.engines.ask;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The turns of a script for engines that answer one prompt a process and keep no context from one to the next. */
public final class SingleTurns {
    private SingleTurns() {}

    /** What is left to do, in order; only of a script that {@link #problem} lets pass. */
    public static List<Request> of(EngineJob job) {
        return IntStream.range(0, job.script().totalTurns().orElse(0))
                .filter(number -> !job.finished().containsKey(number))
                .mapToObj(number -> job.script().turn(number).request())
                .toList();
    }

    /** Why a script cannot be run so: turns that share a context, a depth, or an end by time. */
    public static Optional<Problem> problem(String engine, Script script) {
        if (script.repeatFor().isPresent()) {
            return refusal(
                    engine, "a number of turns expected", "a time to go on for found", "ask for turns, not for a time");
        }
        for (Conversation conversation : script.conversations()) {
            if (conversation.turns().size() > 1) {
                return refusal(
                        engine,
                        "turns that share no context expected",
                        "a conversation of " + conversation.turns().size() + " turns found",
                        "take prompts instead of conversations, or another --engine");
            }
            if (conversation.turns().get(0) instanceof Request.Tokens tokens && tokens.depth() > 0) {
                return refusal(
                        engine,
                        "turns that begin with an empty context expected",
                        "a depth of " + tokens.depth() + " tokens found",
                        "leave the depth out, or take another --engine");
            }
        }
        return Optional.empty();
    }

    /** Why an engine that only reads text cannot take a script, or one that only counts tokens. */
    public static Optional<Problem> kind(String engine, Script script, Class<? extends Request> taken) {
        boolean all = script.conversations().stream()
                .flatMap(conversation -> conversation.turns().stream())
                .allMatch(taken::isInstance);
        if (all) {
            return Optional.empty();
        }
        boolean text = taken == Request.Text.class;
        return refusal(
                engine,
                text ? "prompts of text expected" : "counts of tokens expected",
                text ? "a count of tokens found" : "a prompt of text found",
                text ? "take a workload of prompts" : "take a workload such as pp128+tg64");
    }

    private static Optional<Problem> refusal(String engine, String expectation, String finding, String remedy) {
        return Optional.of(new Problem("workload for " + engine, expectation, finding, remedy));
    }
}
