package dev.melt.cli.command.ops;

import dev.melt.core.file.PartFile;
import dev.melt.core.problem.InvalidInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a person asked for by name. It is there when it is whole, or not at all. */
final class NewFile implements AutoCloseable {
    private final Path target;
    private final PartFile part;
    private boolean complete;

    /**
     * Begins it.
     *
     * @param option that named it, for the complaint
     * @throws InvalidInputException when one is there already and may not be replaced
     */
    NewFile(String option, Path target, boolean replace) {
        check(option, target, replace);
        this.target = target;
        this.part = PartFile.open(target);
        part.truncate(0);
    }

    /** Refuses a place that is taken, or in no folder that is there. */
    static void check(String option, Path target, boolean replace) {
        if (!Files.isDirectory(target.resolveSibling("."))) {
            throw new InvalidInputException(
                    option + " " + target,
                    "a file in a folder that is there expected",
                    "no such folder",
                    "make it first, or name another");
        }
        if (Files.isDirectory(target) || (!replace && Files.exists(target))) {
            throw new InvalidInputException(
                    option + " " + target,
                    "a free name expected",
                    "something is there already",
                    "name another, or replace a file with --force");
        }
    }

    Writer writer() {
        return new BufferedWriter(Channels.newWriter(part, StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) {
        part.write(ByteBuffer.wrap(bytes));
    }

    /** Gives it its name. */
    void complete() {
        part.complete();
        complete = true;
    }

    @Override
    public void close() throws IOException {
        if (!complete) {
            part.discard();
        }
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
