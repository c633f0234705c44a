package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Bytes;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code melt models remove}: deletes files of MELT's home, and never any elsewhere. */
@Command(
        description = {"", "Runs that used it stay in the store. Nothing is removed unless all names are right."},
        footer = {"  melt models remove tiny-q4_0"})
public final class ModelsRemoveCommand implements MeltCommand {
    @Parameters(paramLabel = "NAME", arity = "1..*", description = "as 'melt models list' shows")
    private List<String> names = new ArrayList<>();

    @Override
    public ExitCode run(Session session) throws IOException {
        ModelRegistry registry = ModelPlaces.of(session).registry();
        List<String> there = registry.names();
        for (String name : names) {
            if (!there.contains(name)) {
                throw unknown(name, there);
            }
        }
        long freed = 0;
        for (String name : names.stream().distinct().toList()) {
            Path file = registry.pathOf(name);
            freed += Files.size(file);
            Files.delete(file);
            Files.deleteIfExists(file.resolveSibling(name + ".json"));
        }
        session.say("removed " + String.join(", ", names) + ", " + Bytes.text(freed) + " freed");
        return ExitCode.DONE;
    }

    private static InvalidInputException unknown(String name, List<String> there) {
        List<String> near = Nearest.of(name, there);
        return new InvalidInputException(
                "model '" + name + "'",
                "a model in MELT's home needed",
                "there is none such",
                near.isEmpty() ? "'melt models list' shows all" : "did you mean " + String.join(" or ", near) + "?");
    }
}
