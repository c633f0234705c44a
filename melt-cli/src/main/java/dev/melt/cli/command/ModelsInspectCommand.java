package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Bytes;
import dev.melt.cli.text.Counts;
import dev.melt.cli.text.Details;
import dev.melt.cli.text.Listing;
import dev.melt.core.gguf.GgufTensor;
import dev.melt.core.model.ModelDimensions;
import dev.melt.core.model.ModelInspection;
import dev.melt.core.model.ModelInspection.TypeShare;
import dev.melt.core.model.ModelReference;
import dev.melt.core.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt models inspect}: what a GGUF file says of itself. */
@Command(
        description = {
            "",
            "Reads the header only, and believes nothing in it that the file's size contradicts. Memory is predicted for"
                    + " llama.cpp on the CPU with a cache in F16."
        },
        footer = {
            "  melt models inspect ~/.melt/models/tiny-q4_0.gguf",
            "  melt models inspect model.gguf --context 8192",
            "  melt models inspect model.gguf --tensors --metadata --json"
        })
public final class ModelsInspectCommand implements MeltCommand {
    private static final int USUAL_CONTEXT = 4096;
    private static final int LONGEST_CONTEXT = 1 << 24;

    private static final Listing<TypeShare> MIX = new Listing<TypeShare>()
            .words("type", TypeShare::type)
            .figures("tensors", share -> Optional.of(share.tensors()), String::valueOf)
            .figures("weights", share -> Optional.of(share.parameters()), Counts::text)
            .figures("bytes", share -> Optional.of(share.bytes()), Bytes::text);

    private static final Listing<GgufTensor> TENSORS = new Listing<GgufTensor>()
            .words("tensor", GgufTensor::name)
            .words("type", GgufTensor::typeName)
            .words("dimensions", tensor -> tensor.dimensions().toString())
            .figures("bytes", tensor -> tensor.bytes().stream().boxed().findFirst(), Bytes::text);

    @Parameters(paramLabel = "FILE", description = "a .gguf file, or the name of a model that is here")
    private String given = "";

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "to predict memory at (default: 4096, or the model's own if that is shorter)")
    private Optional<Integer> context = Optional.empty();

    @Option(names = "--tensors", description = "list every tensor")
    private boolean tensors;

    @Option(names = "--metadata", description = "list every metadata key")
    private boolean metadata;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        Path path = file(session);
        ModelInspection inspection = ModelInspection.of(path);
        Details details = InspectionDetails.of(inspection, contextFor(inspection.dimensions()));
        ModelPlaces.of(session)
                .registry()
                .derivation(path)
                .ifPresent(derivation -> ModelDetails.addTo(details, derivation));
        Map<String, Object> keys = InspectionDetails.metadata(inspection.file());
        if (output.json()) {
            details.jsonOnly("mix", MIX.objects(inspection.mix()));
            if (tensors) {
                details.jsonOnly("tensors", TENSORS.objects(inspection.file().tensors()));
            }
            if (metadata) {
                details.jsonOnly("metadata", keys);
            }
            details.print(session, true);
            return ExitCode.DONE;
        }
        details.print(session, false);
        session.out().println();
        MIX.print(session, inspection.mix(), false, "no tensors");
        if (metadata) {
            session.out().println();
            InspectionDetails.shortened(keys).print(session, false);
        }
        if (tensors) {
            session.out().println();
            TENSORS.print(session, inspection.file().tensors(), false, "no tensors");
        }
        return ExitCode.DONE;
    }

    private Path file(Session session) {
        if (ModelPlaces.of(session).registry().find(given) instanceof ModelReference.Present present) {
            return present.path();
        }
        throw new InvalidInputException(
                "model '" + given + "'",
                "a file that is here needed",
                "it is a shape that has not been made yet",
                "'melt models synth " + given + "' makes it, 'melt models show " + given + "' shows the shape");
    }

    private int contextFor(ModelDimensions dimensions) {
        int wanted = context.orElseGet(() -> (int) Math.min(USUAL_CONTEXT, dimensions.context()));
        if (wanted < 1 || wanted > LONGEST_CONTEXT) {
            throw new InvalidInputException(
                    "--context",
                    "1 to " + LONGEST_CONTEXT + " tokens needed",
                    wanted + " given",
                    "choose another length");
        }
        return wanted;
    }
}
