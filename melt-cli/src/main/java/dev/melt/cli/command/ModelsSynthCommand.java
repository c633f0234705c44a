package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.cli.text.Bytes;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelReference;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt models synth}: random weights from a seed. */
@Command(
        description = {
            "",
            "Speed does not depend on what the weights say, so any shape can be measured without a licence or a download."
                    + " The same shape, quantisation and seed give the same file, byte for byte."
        },
        footer = {
            "  melt models synth tiny",
            "  melt models synth llama2-7b --quant q4_k_m",
            "  melt models synth tinyllama-1.1b-q8_0 --seed 7"
        })
public final class ModelsSynthCommand implements MeltCommand {
    @Parameters(paramLabel = "SHAPE", description = "as 'melt models list' shows, with or without -QUANT behind it")
    private String shape = "";

    @Option(
            names = "--quant",
            paramLabel = "QUANT",
            description = "f16, q8_0, q4_0 (the default), q4_k_m, q6_k or q3_k_m")
    private Optional<String> quant = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "of the random weights (default: 42)")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--force", description = "make it anew when it is here already")
    private boolean force;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws IOException {
        ModelRegistry registry = ModelPlaces.ofWritable(session).registry();
        ModelReference found = registry.find(name());
        if (found instanceof ModelReference.Present present && force) {
            requireSynthetic(present);
            Files.delete(present.path());
            found = registry.find(name());
        }
        boolean make = found instanceof ModelReference.ToSynthesise;
        try (ByteMeter meter = new ByteMeter(session, (make ? "making " : "reading ") + found.name())) {
            Model model = registry.obtain(name(), meter);
            session.say(make ? "made " + Bytes.text(model.bytes()) : "it is here already, --force makes it anew");
            ModelDetails.of(model).print(session, output.json());
        }
        return ExitCode.DONE;
    }

    private String name() {
        return shape
                + quant.map(mix -> "-" + mix).orElse("")
                + seed.filter(number -> number != SynthesisOrder.DEFAULT_SEED)
                        .map(number -> "-seed" + number)
                        .orElse("");
    }

    private static void requireSynthetic(ModelReference.Present present) {
        if (!GgufFile.read(present.path()).synthetic()) {
            throw new InvalidInputException(
                    "model " + present.name(),
                    "a synthetic model needed to make it anew",
                    present.path() + " has real weights",
                    "remove it with 'melt models remove' if you mean it");
        }
    }
}
