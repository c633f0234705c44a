package dev.melt.embedded;

import dev.melt.embedded.Request.Conversation;
import dev.melt.embedded.Request.Exchange;
import dev.melt.embedded.Request.Prompt;
import dev.melt.embedded.Request.Turn;
import dev.melt.embedded.llama.ChatTemplate;
import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.OperatorTrace;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The context of a conversation from turn to turn.
 *
 * <p>The last token of an answer that was cut off at its length was never evaluated, so it goes in with the next
 * prompt. One that ended the generation is left out: the template writes the end of the answer itself.
 */
final class ConversationRunner {
    private final LlamaContext context;
    private final TurnRunner runner;
    private final ChatTemplate template;
    private final DeviceClock clock;
    private final TurnEvents events;
    private final Optional<OperatorTrace> trace;
    private int evaluated;
    private boolean begun;

    ConversationRunner(
            LlamaContext context,
            TurnRunner runner,
            DeviceClock clock,
            TurnEvents events,
            Optional<OperatorTrace> trace) {
        this.context = context;
        this.runner = runner;
        this.template = ChatTemplate.of(context.model());
        this.clock = clock;
        this.events = events;
        this.trace = trace;
    }

    /** Empties the context and puts in what was said before, untimed. */
    void begin(Conversation conversation, boolean restored) {
        clear();
        if (restored) {
            conversation.restore().forEach(this::restore);
        }
    }

    private void clear() {
        context.clear();
        evaluated = 0;
        begun = false;
    }

    private void restore(Exchange exchange) {
        if (!context.put(written(exchange.prompt()).getBytes(StandardCharsets.UTF_8))
                || context.position() + exchange.ids().size() > context.capacity()) {
            throw new WorkerException(ErrorKind.PROMPT_TOO_LONG, "restore: more tokens than the context holds");
        }
        int last = -1;
        for (int id : exchange.ids()) {
            if (id >= context.model().vocabulary().size()) {
                throw new WorkerException(ErrorKind.BAD_OPTION, "restore: token " + id + " is not in the vocabulary");
            }
            context.put(id);
            last = id;
        }
        int due = exchange.ids().isEmpty() ? 0 : 1;
        context.evaluate(evaluated, context.position() - due);
        evaluated = context.position() - due;
        if (due == 1) {
            context.unput(evaluated);
            settle(last);
        }
        begun = true;
    }

    /** Runs a turn and writes its lines. */
    void run(Conversation conversation, Turn turn) {
        if (!conversation.chat()) {
            clear();
        }
        if (turn.depth() > 0) {
            long startNanos = clock.nanos();
            runner.fillTo(turn);
            evaluated = context.position();
            events.depth(turn, startNanos, clock.nanos());
        }
        String text = "";
        if (turn.prompt() instanceof Prompt.Text prompt) {
            text = conversation.chat() ? written(prompt.text()) : prompt.text();
        }
        trace.ifPresent(OperatorTrace::start);
        TurnFigures figures = runner.run(turn, evaluated, text);
        trace.ifPresent(OperatorTrace::stop);
        evaluated = context.position();
        begun = true;
        if (conversation.chat() && figures.generated() > 0) {
            settle(figures.id(figures.generated() - 1));
        }
        events.turn(conversation, turn, figures, context, conversation.chat() ? template.origin() : "none");
    }

    private void settle(int lastToken) {
        if (!context.model().vocabulary().endsGeneration(lastToken) && context.position() < context.capacity()) {
            context.put(lastToken);
        }
    }

    private String written(String prompt) {
        return begun ? template.next(prompt) : template.first(prompt);
    }
}
