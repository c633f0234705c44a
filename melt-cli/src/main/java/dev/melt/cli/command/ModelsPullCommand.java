package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.model.pull.ModelAddress;
import dev.melt.core.model.pull.ModelPull;
import dev.melt.core.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt models pull}. */
@Command(
        description = {
            "",
            "Goes on where an earlier pull broke off. A token in HF_TOKEN is sent to the hub (HF_ENDPOINT) and to no other"
                    + " host. The file takes its name only when its digest and its header are right."
        },
        footer = {
            "  melt models pull hf:ORG/REPOSITORY/model-q4_0.gguf",
            "  melt models pull https://HOST/model.gguf --sha256 DIGEST --name my-model"
        })
public final class ModelsPullCommand implements MeltCommand {
    @Parameters(paramLabel = "ADDRESS", description = "https://HOST/PATH or hf:ORG/REPOSITORY/FILE")
    private String address = "";

    @Option(names = "--name", paramLabel = "NAME", description = "what to call it (default: as the file is called)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--sha256", paramLabel = "DIGEST", description = "that the file must have")
    private Optional<String> sha256 = Optional.empty();

    @Option(names = "--deadline", paramLabel = "MINUTES", description = "to give up after (default: 720)")
    private int deadlineMinutes = 720;

    @Option(names = "--force", description = "replace a model of that name")
    private boolean force;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        ModelAddress from = ModelAddress.of(address, session.environment());
        String model = name.or(from::modelName)
                .orElseThrow(() -> new InvalidInputException(
                        from.shown(), "a plain file name needed", "there is none in it", "give one with --name"));
        ModelRegistry registry = ModelPlaces.ofWritable(session).registry();
        Path target = registry.pathOf(model);
        requireFree(model, target);
        ModelPull.Request request = new ModelPull.Request(from, target, digest(), deadline());
        try (ByteMeter meter = new ByteMeter(session, "pulling " + model)) {
            new ModelPull(ModelPull.Pace.USUAL).pull(request, meter);
        }
        try (ByteMeter meter = new ByteMeter(session, "reading " + model)) {
            ModelDetails.of(registry.register(model, target, Optional.of(from.shown()), meter))
                    .print(session, output.json());
        }
        return ExitCode.DONE;
    }

    private void requireFree(String model, Path target) {
        if (Files.exists(target) && !force) {
            throw new InvalidInputException(
                    "model " + model,
                    "a free name needed",
                    target + " is there already",
                    "give another with --name, or replace it with --force");
        }
    }

    private Optional<String> digest() {
        return sha256.map(given -> given.strip().toLowerCase(Locale.ROOT));
    }

    private Duration deadline() {
        if (deadlineMinutes < 1) {
            throw new InvalidInputException(
                    "--deadline", "1 minute or more needed", deadlineMinutes + " given", "choose a longer one");
        }
        return Duration.ofMinutes(deadlineMinutes);
    }
}
