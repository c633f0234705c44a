package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.model.ModelReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code melt models show}: what a word for a model means here. */
@Command(
        description = {
            "",
            "Shows what 'melt run --model MODEL' would run: a file with its digest, or a shape with the size of its file."
        },
        footer = {"  melt models show tiny", "  melt models show ./my-model.gguf --json"})
public final class ModelsShowCommand implements MeltCommand {
    @Parameters(paramLabel = "MODEL", description = "a name, a path to a .gguf file, or a shape")
    private String model = "";

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        ModelReference found = ModelPlaces.of(session).registry().find(model);
        if (found instanceof ModelReference.ToSynthesise toMake) {
            ModelDetails.of(toMake.order().shape()).print(session, output.json());
            return ExitCode.DONE;
        }
        try (ByteMeter meter = new ByteMeter(session, "reading " + found.name())) {
            ModelDetails.of(ModelPlaces.ofWritable(session).registry().obtain(model, meter))
                    .print(session, output.json());
        }
        return ExitCode.DONE;
    }
}
