package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.ServerSession;
import dev.melt.core.engine.Setting;
import dev.melt.core.event.EventLineWriter;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.ServedScript;
import dev.melt.engines.http.HttpAnswer;
import dev.melt.engines.http.StreamedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a server one turn after the other, and keeps each answer as it came in {@code sse.N}. Used once. */
final class ServerTurns {
    private final EngineJob job;
    private final ServedScript script;
    private final ServerSession session;
    private final LlamaServer server;
    private final EventLineWriter lines;
    private final TurnLines turnLines;
    private final CompletionRequest requests;
    private final int vocabulary;
    private final boolean exact;
    private @Nullable RandomPrompt random;
    private ChatContext context;
    private boolean toldSampling;
    private int failed;

    ServerTurns(EngineJob job, ServerSession session, LlamaServer server, EventLineWriter lines, int vocabulary) {
        this.job = job;
        this.script = new ServedScript(job.script());
        this.session = session;
        this.server = server;
        this.lines = lines;
        this.turnLines = new TurnLines(lines, session);
        this.requests = new CompletionRequest(job.settings());
        this.vocabulary = vocabulary;
        this.exact = job.settings()
                .get(Setting.IGNORE_EOS)
                .map(Boolean::parseBoolean)
                .orElse(false);
        this.context = new ChatContext(server, false);
    }

    /** Goes through all turns that are not finished, and gives how many the server refused. */
    int ask() throws IOException, InterruptedException {
        boolean skipped = false;
        for (int number = 0; script.hasTurn(number); number++) {
            ScriptedTurn turn = job.script().turn(number);
            if (turn.opens()) {
                context = new ChatContext(server, turn.conversation().chat());
            }
            List<Integer> ids = job.finished().get(number);
            if (ids != null) {
                recall(turn, ids);
            } else if (turn.request() instanceof Request.Text text) {
                text(turn, text, skipped);
            } else {
                tokens(turn, (Request.Tokens) turn.request());
            }
            skipped = ids != null;
        }
        return failed;
    }

    /** A turn of an earlier attempt; what it said is needed only where the conversation goes on in this one. */
    private void recall(ScriptedTurn turn, List<Integer> ids) throws IOException, InterruptedException {
        if (!(turn.request() instanceof Request.Text text) || !script.goesOn(turn)) {
            return;
        }
        context.ask(text.prompt());
        if (!ids.isEmpty()) {
            context.answered(Optional.of(ids), server.text(ids));
            return;
        }
        Completion again = Completion.of(stream(context.prompt(), text.generate(), true));
        context.answered(again.ids(), again.text());
    }

    private void text(ScriptedTurn turn, Request.Text text, boolean afterABreak)
            throws IOException, InterruptedException {
        boolean continues = !context.isEmpty();
        if (continues && afterABreak) {
            server.http().post("/completion", requests.filling(context.evaluated()), session.deadline());
        }
        if (!context.ask(text.prompt())) {
            refuse(turn, "this llama-server cannot apply a chat template; use a build of 2025 or later");
            return;
        }
        StreamedAnswer answer = stream(context.prompt(), text.generate(), continues);
        keep(turn.number(), answer);
        Completion completion = Completion.of(answer);
        Optional<String> complaint = Completion.complaint(answer);
        if (complaint.isPresent()) {
            refuse(turn, complaint.get());
            return;
        }
        context.answered(completion.ids(), completion.text());
        tellSampling(completion);
        turnLines.turn(turn, answer, completion);
    }

    private void tokens(ScriptedTurn turn, Request.Tokens tokens) throws IOException, InterruptedException {
        int asked = Math.max(1, tokens.promptTokens());
        ArrayNode all = randomPrompt().of(tokens.depth() + asked, turn.number());
        if (tokens.depth() > 0) {
            fill(turn.number(), all, tokens.depth());
        }
        StreamedAnswer answer = stream(all, tokens.generate(), tokens.depth() > 0);
        keep(turn.number(), answer);
        Completion completion = Completion.of(answer);
        Optional<String> complaint = Completion.complaint(answer).or(() -> otherLength(completion, asked));
        if (complaint.isPresent()) {
            refuse(turn, complaint.get());
            return;
        }
        tellSampling(completion);
        turnLines.turn(turn, answer, completion);
    }

    /** A server that does not find the filler in its cache evaluates it with the prompt: that is another measurement. */
    private static Optional<String> otherLength(Completion completion, int asked) {
        return completion.promptTokens() == asked
                ? Optional.empty()
                : Optional.of("the server evaluated " + completion.promptTokens() + " prompt tokens where " + asked
                        + " were asked for");
    }

    private void fill(int turn, ArrayNode all, int depth) throws IOException, InterruptedException {
        ArrayNode filler = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < depth; i++) {
            filler.add(all.get(i));
        }
        long start = System.nanoTime();
        HttpAnswer answer = server.http().post("/completion", requests.filling(filler), session.deadline());
        if (answer.succeeded()) {
            turnLines.depth(turn, start, System.nanoTime(), depth);
        }
    }

    private RandomPrompt randomPrompt() throws IOException, InterruptedException {
        if (random == null) {
            long seed = job.settings().get(Setting.SEED).map(Long::parseLong).orElse(0L);
            random = new RandomPrompt(server.beginning(), Math.max(1, vocabulary), seed);
        }
        return random;
    }

    private StreamedAnswer stream(JsonNode prompt, int generate, boolean continues)
            throws IOException, InterruptedException {
        JsonNode simplest = prompt.size() == 1 && prompt.get(0).isTextual() ? prompt.get(0) : prompt;
        return server.http().stream(
                "/completion", requests.answer(simplest, generate, continues, exact), session.deadline());
    }

    private void keep(int turn, StreamedAnswer answer) throws IOException {
        Files.writeString(session.folder().resolve("sse." + turn), answer.text() + "\n");
    }

    private void refuse(ScriptedTurn turn, String complaint) throws IOException {
        failed++;
        turnLines.refused(turn.number(), complaint);
    }

    /** Once: what the server says it samples with. */
    private void tellSampling(Completion completion) {
        if (!toldSampling) {
            toldSampling = true;
            ObjectNode effective = CompletionRequest.effective(completion.last().path("generation_settings"));
            lines.line("engine").set("effective", effective);
        }
    }
}
