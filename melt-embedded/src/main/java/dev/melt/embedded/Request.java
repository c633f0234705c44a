package dev.melt.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one worker has to do, as its request file says.
 *
 * @param scoreFile questions, a line each, see {@link QuestionLine}
 */
record Request(
        Path model,
        Settings settings,
        boolean perOp,
        List<Conversation> conversations,
        Optional<Repeat> repeat,
        List<Question> score,
        Optional<Path> scoreFile,
        Optional<TextScore> text) {
    Request {
        conversations = List.copyOf(conversations);
        score = List.copyOf(score);
        if (conversations.isEmpty() && score.isEmpty() && scoreFile.isEmpty() && text.isEmpty()) {
            throw new WorkerException(
                    ErrorKind.BAD_OPTION, "request: expected conversations, score, score_file or text, found none");
        }
    }

    /**
     * Turns that follow each other.
     *
     * @param chat whether the context is kept from turn to turn and the chat template applied
     * @param restore what was said before the first turn, put into the context untimed
     */
    record Conversation(int id, boolean chat, List<Turn> turns, List<Exchange> restore) {
        Conversation {
            turns = List.copyOf(turns);
            restore = List.copyOf(restore);
        }
    }

    /** A prompt and the tokens that answered it. */
    record Exchange(String prompt, List<Integer> ids) {
        Exchange {
            ids = List.copyOf(ids);
        }
    }

    /**
     * A prompt to answer.
     *
     * @param number the turn's number in the trial
     * @param generate tokens at most; 0 evaluates the prompt only
     * @param depth tokens put into the context before, untimed
     */
    record Turn(int number, Prompt prompt, int generate, int depth) {
        Turn numbered(int other) {
            return new Turn(other, prompt, generate, depth);
        }
    }

    /** What a turn begins with. */
    sealed interface Prompt {
        record Text(String text) implements Prompt {}

        /** So many tokens, drawn from the seed. */
        record RandomTokens(int count) implements Prompt {}
    }

    /** Goes on with the turns from the beginning until a time is over or a number of turns is done. */
    record Repeat(Optional<Double> seconds, OptionalInt turns) {}

    /** How likely is {@code continuation} after {@code context}? */
    record Question(int id, String context, String continuation) {}

    /**
     * A text whose windows are scored.
     *
     * @param window tokens of each
     * @param most windows to score; all of them where it is empty
     * @param base the model that this one is compared with
     * @param done windows that an earlier process scored
     */
    record TextScore(Path file, int window, OptionalInt most, Optional<Path> base, Set<Integer> done) {
        TextScore {
            done = Set.copyOf(done);
        }
    }

    int longestAnswer() {
        return conversations.stream()
                .flatMap(conversation -> conversation.turns().stream())
                .mapToInt(Turn::generate)
                .max()
                .orElse(0);
    }

    int lastTurnNumber() {
        return conversations.stream()
                .flatMap(conversation -> conversation.turns().stream())
                .mapToInt(Turn::number)
                .max()
                .orElse(-1);
    }
}
