package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.InterruptGuard;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.convert.Conversion;
import dev.melt.core.convert.ConversionOrder;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A model of MELT's home that a program is going to make. */
record NewModel(ModelRegistry registry, String name, boolean force) {
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** Ten minutes, and a second for each megabyte: slow machines and slow types get through. */
    private static final Duration BASE = Duration.ofMinutes(10);

    private static final long BYTES_A_SECOND = 1_000_000;

    void refuseTaken(Path source) {
        Path target = registry.pathOf(name);
        if (target.toAbsolutePath().equals(source.toAbsolutePath())) {
            throw new InvalidInputException(
                    "model " + name,
                    "another name than its parent's expected",
                    "the same given",
                    "give another with --name");
        }
        if (Files.exists(target) && !force) {
            throw new InvalidInputException(
                    "model " + name,
                    "a free name needed",
                    target + " is there already",
                    "give another with --name, or replace it with --force");
        }
    }

    Duration deadline(Optional<Integer> minutes, long sourceBytes) {
        minutes.filter(given -> given < 1).ifPresent(given -> {
            throw new InvalidInputException(
                    "--deadline", "1 minute or more needed", given + " given", "choose a longer one");
        });
        return minutes.map(Duration::ofMinutes).orElse(BASE.plusSeconds(sourceBytes / BYTES_A_SECOND));
    }

    ExitCode make(Session session, ConversionOrder order, boolean json) throws IOException, InterruptedException {
        Model made = InterruptGuard.during(GRACE, () -> {
            try (ByteMeter meter = new ByteMeter(session, "making " + name)) {
                return new Conversion(registry).run(order, meter);
            }
        });
        ModelDetails.of(made).print(session, json);
        return ExitCode.DONE;
    }
}
