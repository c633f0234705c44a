package dev.melt.core.report;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.store.RunStore;
import java.nio.file.Path;
import java.util.List;

/**
 * One output format. Found with {@link java.util.ServiceLoader}, so it needs a constructor without parameters. Stateless
 * and safe for use by several threads.
 */
public interface ReportWriter {
    /** What a person types to get it: {@code csv}. */
    String name();

    /** What it makes, in one line. */
    String describe();

    /**
     * Writes a run into a folder, which is made when it is not there. Either all files are there in the end, or none.
     * The same run makes the same bytes.
     *
     * @param runId in full
     * @return the files, in the order in which they are best read
     * @throws InvalidInputException when a file is there already and may not be replaced, or the folder cannot be written
     */
    List<Path> write(RunStore store, String runId, Path directory, ReportOptions options);
}
