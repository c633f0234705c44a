package dev.melt.core.convert;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.PartFile;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.home.FileProblems;
import dev.melt.core.model.Model;
import dev.melt.core.model.ModelRegistry;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import dev.melt.core.problem.Problem;
import dev.melt.core.process.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Carries out an order: the program writes to a part beside the model's place, which becomes the model when it is a sound
 * GGUF file and the program says that it went well. One MELT at a time makes a model of that name. Stateless.
 */
public final class Conversion {
    private static final int LONGEST_QUOTE = 300;

    private final ModelRegistry registry;

    public Conversion(ModelRegistry registry) {
        this.registry = registry;
    }

    /**
     * Makes the model and takes note of it.
     *
     * @param progress told how large the new file is so far
     * @throws InvalidInputException when the disk is too full, or somebody else makes a model of that name
     * @throws ConversionFailedException when the program fails, is too slow, or leaves no sound model
     * @throws InterruptedException when this thread was interrupted; program and part are gone then
     */
    public Model run(ConversionOrder order, ByteProgress progress) throws InterruptedException {
        Path target = registry.pathOf(order.name());
        PartFile part = PartFile.open(target);
        boolean whole = false;
        try {
            part.truncate(0);
            part.reserve(order.expectedBytes());
            make(order, PartFile.partOf(target), progress);
            part.complete();
            whole = true;
        } finally {
            if (!whole) {
                part.discard();
            }
        }
        return registry.register(order.name(), target, order.derivation(), progress);
    }

    private static void make(ConversionOrder order, Path part, ByteProgress progress) throws InterruptedException {
        HostProcess.Ended ended;
        try {
            ended = new HostProcess(order.command(part), order.environment(), order.folder(), order.deadline())
                    .run(() -> progress.at(size(part), order.expectedBytes()));
        } catch (IOException e) {
            throw FileProblems.of(part, e);
        }
        if (ended.timedOut()) {
            throw failed(
                    order,
                    "an end within " + order.deadline().toMinutes() + " min expected",
                    "it was still running",
                    "give more time with --deadline");
        }
        if (ended.exitCode() != 0) {
            throw failed(
                    order,
                    "exit code 0 expected",
                    ended.exitCode() + ": " + quote(ended.lastLines(2)),
                    "see what it needs and give it that");
        }
        check(order, part, ended);
    }

    /** Exit code 0 is not success: the file must be there, and one that engines can read. */
    private static void check(ConversionOrder order, Path part, HostProcess.Ended ended) {
        if (size(part) == 0) {
            throw failed(
                    order,
                    "a model written to " + ConversionOrder.OUT + " expected",
                    "nothing was written; it said: " + quote(ended.lastLines(2)),
                    "check that the command has " + ConversionOrder.OUT + " where the tool takes its output file");
        }
        try {
            GgufFile.read(part);
        } catch (InvalidInputException e) {
            throw new ConversionFailedException(
                    new Problem(
                            order.derivation().tool(),
                            "a sound GGUF file expected",
                            e.problem().expectation() + ", " + e.problem().finding(),
                            "check the tool and its source"),
                    e);
        }
    }

    private static ConversionFailedException failed(
            ConversionOrder order, String expectation, String finding, String remedy) {
        return new ConversionFailedException(
                new Problem(order.derivation().tool(), expectation, finding, remedy), null);
    }

    private static String quote(String line) {
        String plain = PlainText.oneLine(line);
        return plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + " …";
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw FileProblems.of(file, e);
        }
    }
}
