package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.convert.ConversionOrder;
import dev.melt.core.convert.QuantisationType;
import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.engine.Bundles;
import dev.melt.core.model.Derivation;
import dev.melt.core.model.Model;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt models quantize}: drives the llama-quantize of a bundle on this host. */
@Command(
        description = {
            "",
            "Parent, type, program and its version are kept with the new model. A model that is quantised already is taken"
                    + " only with --tool-option=--allow-requantize, as llama-quantize has it."
        },
        footer = {
            "  melt models quantize tiny-f16 q4_k_m",
            "  melt models quantize model.gguf Q4_0 --bundle llama-b4748 --name model-q4_0",
            "  melt models quantize tiny-q8_0 q4_0 --tool-option=--allow-requantize"
        })
public final class ModelsQuantizeCommand implements MeltCommand {
    private static final String[] TOOLS = {"llama-quantize", "quantize"};

    @Parameters(index = "0", paramLabel = "MODEL", description = "name of a model, or path of a .gguf file")
    private String given = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "such as Q4_0, Q4_K_M or Q8_0")
    private String type = "";

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            description = "whose llama-quantize (default: the only one here)")
    private Optional<String> bundle = Optional.empty();

    @Option(names = "--name", paramLabel = "NAME", description = "of the new model (default: MODEL-TYPE)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--tool-option", paramLabel = "OPTION", description = "for llama-quantize; may be repeated")
    private List<String> toolOptions = new ArrayList<>();

    @Option(names = "--deadline", paramLabel = "MINUTES", description = "to give up after (default: by size)")
    private Optional<Integer> deadline = Optional.empty();

    @Option(names = "--force", description = "replace a model of that name")
    private boolean force;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        QuantisationType wanted = new QuantisationType(type);
        Bundle build = build(session);
        BundleFile tool = build.tool(TOOLS).orElseThrow();
        ModelPlaces places = ModelPlaces.ofWritable(session);
        Model parent;
        try (ByteMeter meter = new ByteMeter(session, "reading " + given)) {
            parent = places.registry().obtain(given, meter);
        }
        String child = name.orElseGet(() -> parent.name() + "-" + wanted.name().toLowerCase(Locale.ROOT));
        NewModel target = new NewModel(places.registry(), child, force);
        target.refuseTaken(parent.path());
        List<String> command = command(tool, wanted);
        Derivation derivation = new Derivation(
                parent.name(),
                parent.digest(),
                Optional.of(wanted.name()),
                tool.baseName(),
                Optional.of(tool.sha256()),
                Optional.of(build.version()),
                named(command, tool));
        ConversionOrder order = new ConversionOrder(
                child,
                parent.path().toAbsolutePath(),
                command,
                session.workingDirectory(),
                environment(build),
                wanted.mostBytes(parent.parameters()),
                target.deadline(deadline, parent.bytes()),
                derivation);
        return target.make(session, order, output.json());
    }

    private Bundle build(Session session) {
        Bundles having = session.bundles().bundles();
        Device host = new Device(
                "this host",
                Platform.LINUX,
                "",
                false,
                Abi.ofThisHost().map(abi -> Map.of("abi", abi.word())).orElse(Map.of()));
        if (bundle.isEmpty()) {
            return having.having(TOOLS).fitting("llama.cpp", host);
        }
        Bundle asked = having.asking(bundle.get()).fitting("llama.cpp", host);
        if (asked.tool(TOOLS).isEmpty()) {
            throw new InvalidInputException(
                    "bundle " + asked.name(),
                    "a program llama-quantize in it expected",
                    "there is none",
                    "build llama.cpp with the target llama-quantize and add it again");
        }
        return asked;
    }

    private List<String> command(BundleFile tool, QuantisationType wanted) {
        List<String> command = new ArrayList<>(List.of(tool.path().toString()));
        command.addAll(toolOptions);
        command.addAll(List.of(ConversionOrder.IN, ConversionOrder.OUT, wanted.name()));
        return command;
    }

    private static List<String> named(List<String> command, BundleFile tool) {
        List<String> named = new ArrayList<>(command);
        named.set(0, tool.name());
        return named;
    }

    private static Map<String, String> environment(Bundle build) {
        return build.environmentIn(build.hostFolder().toString());
    }
}
