package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.ServerSession;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLineWriter;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.ServedScript;
import dev.melt.engines.http.EngineHttp;
import dev.melt.engines.http.StreamedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Asks MLC's server turn by turn. A conversation is told anew with each of its turns. Used once, by one thread. */
final class ServeTurns {
    private final EngineJob job;
    private final ServedScript script;
    private final ServerSession session;
    private final EngineHttp http;
    private final EventLineWriter lines;
    private final ServeRequest requests;
    private ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private String written = "";
    private int failed;

    ServeTurns(EngineJob job, ServerSession session, EngineHttp http, EventLineWriter lines, String model) {
        this.job = job;
        this.script = new ServedScript(job.script());
        this.session = session;
        this.http = http;
        this.lines = lines;
        this.requests = new ServeRequest(model, job.settings());
    }

    /** Goes through all turns that are not finished, and gives how many the server refused. */
    int ask() throws IOException, InterruptedException {
        for (int number = 0; script.hasTurn(number); number++) {
            ScriptedTurn turn = job.script().turn(number);
            if (turn.opens()) {
                messages = JsonNodeFactory.instance.arrayNode();
                written = "";
            }
            boolean finished = job.finished().containsKey(number);
            // what an earlier process answered is not known; where the conversation goes on, it is asked again and not
            // timed
            if (!finished || script.goesOn(turn)) {
                ServeTurn answer = ask(turn);
                if (!finished) {
                    write(turn, answer);
                }
            }
        }
        return failed;
    }

    private ServeTurn ask(ScriptedTurn turn) throws IOException, InterruptedException {
        Request.Text text = OpenTurns.text(turn);
        StreamedAnswer streamed = stream(turn, text);
        ServeTurn answer =
                new ServeTurn(turn.number(), turn.conversation().id(), session.deviceNanos(streamed.askedNanos()));
        streamed.lines().forEach(line -> answer.accept(session.deviceNanos(line.hostNanos()), line.text()));
        Files.writeString(session.folder().resolve("sse." + turn.number()), streamed.text() + "\n");
        message("assistant", answer.text());
        written += answer.text();
        return answer;
    }

    private StreamedAnswer stream(ScriptedTurn turn, Request.Text text) throws IOException, InterruptedException {
        message("user", text.prompt());
        written += text.prompt();
        boolean chat = turn.conversation().chat();
        return http.stream(
                chat ? ServeRequest.CHAT : ServeRequest.COMPLETION,
                chat ? requests.chat(messages, text.generate()) : requests.completion(written, text.generate()),
                session.deadline());
    }

    private void message(String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }

    private void write(ScriptedTurn turn, ServeTurn answer) throws IOException {
        if (answer.complaint().isPresent()) {
            failed++;
            String complaint = answer.complaint().get();
            String kind = MlcReader.FAILURES
                    .in(List.of(complaint))
                    .map(EngineError::kind)
                    .orElse("internal");
            lines.line("error").put("kind", kind).put("message", complaint).put("turn", turn.number());
        } else {
            for (ObjectNode line : answer.lines()) {
                lines.line(line.path("e").asText()).setAll(line);
            }
        }
        lines.flush();
    }
}
