package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Details;
import dev.melt.cli.text.Listing;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.core.workload.Workload;
import dev.melt.core.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code melt workloads show}: what exactly a workload asks, turn by turn. */
@Command(
        description = {"", "Shows one pass over its conversations; what is repeated is said above the list."},
        footer = {
            "  melt workloads show smoke",
            "  melt workloads show pp512-tg128",
            "  melt workloads show ./mine.yaml --json"
        })
public final class WorkloadsShowCommand implements MeltCommand {
    /** One turn in its place. */
    private record Row(Conversation conversation, int turn, Request request) {
        Optional<String> prompt() {
            return request instanceof Request.Text text ? Optional.of(text.prompt()) : Optional.empty();
        }

        Optional<Integer> promptTokens() {
            return request instanceof Request.Tokens tokens ? Optional.of(tokens.promptTokens()) : Optional.empty();
        }

        Optional<Integer> depth() {
            return request instanceof Request.Tokens tokens ? Optional.of(tokens.depth()) : Optional.empty();
        }
    }

    private static final Listing<Row> TURNS = new Listing<Row>()
            .figures("conversation", row -> Optional.of(row.conversation().id()), String::valueOf)
            .figures("turn", row -> Optional.of(row.turn()), String::valueOf)
            .figures("prompt_tokens", Row::promptTokens, String::valueOf)
            .figures("depth", Row::depth, String::valueOf)
            .figures("generate", row -> Optional.of(row.request().generate()), String::valueOf)
            .maybeWords("prompt", Row::prompt);

    @Parameters(paramLabel = "WORKLOAD", description = "a name, a pattern, or a path to a .yaml file")
    private String given = "";

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        Workload workload = new Workloads(session.configs()).resolve(given);
        List<Row> rows = rows(workload.script());
        Details details = details(workload);
        if (output.json()) {
            details.jsonOnly("turns", TURNS.objects(rows)).print(session, true);
            return ExitCode.DONE;
        }
        details.print(session, false);
        session.out().println();
        TURNS.print(session, rows, false, "no turns");
        return ExitCode.DONE;
    }

    private static Details details(Workload workload) {
        Script script = workload.script();
        Details details = new Details()
                .add("name", workload.name())
                .add("asks", workload.summary())
                .add("cells", workload.expand().size())
                .add("context_tokens", script.contextTokens(), "about " + script.contextTokens() + " at the most");
        script.repeatFor()
                .ifPresent(time -> details.add("repeat_seconds", time.toSeconds(), "for " + time.toSeconds() + " s"));
        script.repeatTurns().ifPresent(turns -> details.add("repeat_turns", turns, "until " + turns + " turns"));
        return details;
    }

    private static List<Row> rows(Script script) {
        List<Row> rows = new ArrayList<>();
        for (Conversation conversation : script.conversations()) {
            for (int i = 0; i < conversation.turns().size(); i++) {
                rows.add(new Row(conversation, i, conversation.turns().get(i)));
            }
        }
        return rows;
    }
}
