package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Bytes;
import dev.melt.cli.text.Counts;
import dev.melt.cli.text.Listing;
import dev.melt.core.model.Derivation;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.shape.ModelShape;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.synth.SynthesisOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code melt models list}: the files that are here, and the shapes that can be made. */
@Command(
        description = {
            "",
            "Kind 'file' is a model with real weights, 'synthetic' one with random weights, 'shape' one that is made when"
                    + " it is first used; its size is that with " + ModelsListCommand.USUAL + "."
        },
        footer = {"  melt models list", "  melt models list --json"})
public final class ModelsListCommand implements MeltCommand {
    static final String USUAL = "q4_0";

    /** A row; {@code path} only for files. */
    private record Row(
            String name,
            String kind,
            String family,
            Optional<Long> parameters,
            String quantisation,
            Optional<Long> bytes,
            Optional<String> parent,
            Optional<String> path) {
        static Row of(Model model) {
            return new Row(
                    model.name(),
                    model.synthetic().isPresent() ? "synthetic" : "file",
                    model.architecture(),
                    Optional.of(model.parameters()),
                    model.quantisation(),
                    Optional.of(model.bytes()),
                    model.derivation().map(Derivation::shown),
                    Optional.of(model.path().toString()));
        }

        static Row of(ModelShape shape) {
            return new Row(
                    shape.name(),
                    "shape",
                    shape.family().architecture(),
                    Optional.of(shape.parameters()),
                    "any",
                    Optional.of(new SynthesisOrder(shape, Quantisation.DEFAULT, SynthesisOrder.DEFAULT_SEED).bytes()),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private static final Listing<Row> LISTING = new Listing<Row>()
            .words("name", Row::name)
            .words("kind", Row::kind)
            .words("family", Row::family)
            .figures("parameters", Row::parameters, Counts::text)
            .words("quantisation", Row::quantisation)
            .figures("bytes", Row::bytes, Bytes::text)
            .maybeWords("parent", Row::parent)
            .maybeWords("path", Row::path);

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        ModelPlaces places = ModelPlaces.of(session);
        ModelRegistry.Listing listing = places.registry().list();
        List<Row> rows = new ArrayList<>();
        listing.models().forEach(model -> rows.add(Row.of(model)));
        places.shapes().names().forEach(name -> rows.add(Row.of(places.shapes().shape(name))));
        LISTING.print(session, rows, output.json(), "");
        listing.faults().forEach(fault -> session.err().println("melt: left out " + fault.message()));
        return ExitCode.DONE;
    }
}
