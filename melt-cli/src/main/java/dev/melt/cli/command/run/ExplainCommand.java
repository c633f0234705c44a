package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.JsonOut;
import dev.melt.core.problem.PlainText;
import dev.melt.core.run.Explanation;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt explain}: what failed in a run, the evidence, and what to do. */
@Command(
        description = {
            "",
            "Names each trial that gave no figures or figures that may not be quoted, and the raw files that show why."
        },
        footer = {"  melt explain k7q2"})
public final class ExplainCommand implements MeltCommand {
    @Mixin
    private RunReference reference = new RunReference();

    @Option(names = "--json", description = "write JSON for programs instead of text")
    private boolean json;

    @Override
    public ExitCode run(Session session) {
        Workbench bench = Workbench.of(session);
        try (RunStore store = bench.openStore()) {
            StoredRun run = store.run(reference.id());
            List<Explanation.Finding> findings = Explanation.of(store, bench.home(), run);
            if (json) {
                JsonOut.print(
                        session.out(),
                        findings.stream().map(ExplainCommand::json).toList());
            } else if (findings.isEmpty()) {
                session.out()
                        .println(
                                "run " + run.id() + ": every trial ended well and nothing forbids quoting its figures");
            } else {
                findings.forEach(finding -> print(session, finding));
            }
            return ExitCode.DONE;
        }
    }

    private static void print(Session session, Explanation.Finding finding) {
        session.out().println(PlainText.oneLine(finding.trial() + ": " + finding.what()));
        finding.evidence().forEach(line -> session.out().println("    " + PlainText.oneLine(line)));
        session.out().println(PlainText.oneLine("  do: " + finding.remedy()));
    }

    private static Map<String, Object> json(Explanation.Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("trial", finding.trial());
        map.put("what", finding.what());
        map.put("evidence", finding.evidence());
        map.put("remedy", finding.remedy());
        return map;
    }
}
