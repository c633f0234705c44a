package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.convert.ConversionOrder;
import dev.melt.core.convert.SourceDigest;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.model.Derivation;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt models convert}: drives a converter of the user's. */
@Command(
        description = {
            "",
            "The command is an argument array, no shell reads it: {in} stands for SOURCE and {out} for the GGUF file that it"
                    + " has to write. Source, command and the hash of its program or script are kept with the new model."
        },
        footer = {
            "  melt models convert my-model --with python3 convert_hf_to_gguf.py {in} --outfile {out}",
            "  melt models convert my-model --name my-f16 --with ./convert.sh {in} {out}"
        })
public final class ModelsConvertCommand implements MeltCommand {
    @Parameters(paramLabel = "SOURCE", description = "the file or folder to convert")
    private String given = "";

    @Option(names = "--name", paramLabel = "NAME", description = "of the new model (default: as SOURCE is called)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--deadline", paramLabel = "MINUTES", description = "to give up after (default: by size)")
    private Optional<Integer> deadline = Optional.empty();

    @Option(names = "--force", description = "replace a model of that name")
    private boolean force;

    @Mixin
    private JsonOption output = new JsonOption();

    @Option(
            names = "--with",
            required = true,
            paramLabel = "CMD",
            arity = "1..*",
            parameterConsumer = TheRest.class,
            description = "the converter and its arguments; everything after it, so it comes last")
    private List<String> command = new ArrayList<>();

    /** Takes what follows as it is: options in it are the converter's. */
    static final class TheRest implements IParameterConsumer {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's signature
        public void consumeParameters(Stack<String> args, ArgSpec argument, CommandSpec spec) {
            List<String> rest = new ArrayList<>();
            while (!args.isEmpty()) {
                rest.add(args.pop());
            }
            argument.setValue(rest);
        }
    }

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        requirePlaces();
        Path source = session.path("SOURCE", given);
        ModelPlaces places = ModelPlaces.ofWritable(session);
        String child = name.orElseGet(
                () -> String.valueOf(source.getFileName()).replaceFirst("\\.(gguf|bin|safetensors|pth?|onnx)$", ""));
        NewModel target = new NewModel(places.registry(), child, force);
        target.refuseTaken(source);
        SourceDigest digest;
        try (ByteMeter meter = new ByteMeter(session, "reading " + given)) {
            digest = SourceDigest.of(source, meter);
        }
        Derivation derivation = new Derivation(
                String.valueOf(source.getFileName()),
                digest.sha256(),
                Optional.empty(),
                command.get(0),
                script(session),
                Optional.empty(),
                command);
        ConversionOrder order = new ConversionOrder(
                child,
                source,
                command,
                session.workingDirectory(),
                Map.of(),
                digest.bytes(),
                target.deadline(deadline, digest.bytes()),
                derivation);
        return target.make(session, order, output.json());
    }

    private void requirePlaces() {
        for (String place : List.of(ConversionOrder.IN, ConversionOrder.OUT)) {
            if (command.stream().noneMatch(word -> word.contains(place))) {
                throw new InvalidInputException(
                        "--with",
                        place + " in the command expected",
                        String.join(" ", command),
                        "put it where the converter takes that file");
            }
        }
    }

    /** Of the first word that is a file here: the script itself, not the interpreter that is found on the PATH. */
    private Optional<String> script(Session session) throws IOException {
        for (String word : command) {
            Path file = session.workingDirectory().resolve(word);
            if (!word.contains("{") && word.length() < 4096 && Files.isRegularFile(file)) {
                return Optional.of(Sha256.of(file, ByteProgress.NONE));
            }
        }
        return Optional.empty();
    }
}
