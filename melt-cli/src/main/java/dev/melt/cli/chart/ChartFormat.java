package dev.melt.cli.chart;

import dev.melt.core.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The file formats that a chart can be written in, each by its ending. */
public enum ChartFormat {
    SVG,
    PNG,
    PDF;

    /**
     * The format that a file's name asks for.
     *
     * @throws InvalidInputException when its ending is none of them
     */
    public static ChartFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        file.toString(),
                        "a name that ends in .svg, .png or .pdf expected",
                        "another ending found",
                        "rename it"));
    }
}
