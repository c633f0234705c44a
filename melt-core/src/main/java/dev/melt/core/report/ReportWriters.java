package dev.melt.core.report;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The output formats that are on the class path. */
public final class ReportWriters {
    private ReportWriters() {}

    /** All of them, by name. */
    public static List<ReportWriter> all() {
        return ServiceLoader.load(ReportWriter.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ReportWriter::name))
                .toList();
    }

    /**
     * The format that a person names.
     *
     * @throws InvalidInputException naming the nearest, when there is none of that name
     */
    public static ReportWriter named(String name) {
        List<ReportWriter> all = all();
        return all.stream()
                .filter(writer -> writer.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> unknown(name, all.stream().map(ReportWriter::name).toList()));
    }

    private static InvalidInputException unknown(String name, List<String> known) {
        List<String> nearest = Nearest.of(name, known);
        return new InvalidInputException(
                "format " + name,
                "the name of an output format expected",
                "no format has that name",
                "there are: " + String.join(", ", nearest.isEmpty() ? known : nearest));
    }
}
