package dev.melt.core.workload;

import dev.melt.core.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads workloads that are written out on the command line and need no file. */
record WorkloadPattern(Function<String, Workload> others) {
    private static final String DEPTH = "depth-";
    private static final String SUSTAINED = "sustained-";
    private static final String USUAL_SUSTAINED = "sustained-48";

    /** The workload, or empty when the text is not meant as a pattern. */
    Optional<Workload> parse(String given) {
        if (given.startsWith(DEPTH) && given.contains(":")) {
            return Optional.of(depthSweep(given));
        }
        if (given.startsWith(SUSTAINED)) {
            return sustained(given);
        }
        return looksLikePoints(given) ? Optional.of(grid(given)) : Optional.empty();
    }

    private static boolean looksLikePoints(String given) {
        return given.length() > 2
                && (given.startsWith("pp") || given.startsWith("tg"))
                && Character.isDigit(given.charAt(2))
                && !given.endsWith("]");
    }

    private static Workload grid(String given) {
        List<Point> points = new ArrayList<>();
        for (String point : given.split(",", -1)) {
            points.add(point(given, point));
        }
        return new TokenGrid(given, points);
    }

    static Point point(String given, String point) {
        return Point.parse(point)
                .orElseThrow(() -> new InvalidInputException(
                        "workload '" + given + "'",
                        "points such as pp512-tg128, pp512, tg128 or pp512-tg128@d4096 needed",
                        "'" + point + "' found",
                        "write the prompt first, then '-', then the tokens to generate"));
    }

    private static Workload depthSweep(String given) {
        int colon = given.indexOf(':');
        List<Integer> depths = new ArrayList<>();
        for (String depth : given.substring(DEPTH.length(), colon).split(",", -1)) {
            depths.add(depth(given, depth));
        }
        return new DepthSweep(given, point(given, given.substring(colon + 1)), depths);
    }

    private static int depth(String given, String depth) {
        if (!depth.matches("[0-9]{1,9}")) {
            throw new InvalidInputException(
                    "workload '" + given + "'",
                    "depths in tokens such as 0,512,2048 needed",
                    "'" + depth + "' found",
                    "write depth-0,512,2048:pp64-tg32");
        }
        return Integer.parseInt(depth);
    }

    private Optional<Workload> sustained(String given) {
        int colon = given.indexOf(':');
        String written = given.substring(SUSTAINED.length(), colon < 0 ? given.length() : colon);
        Optional<Extent> extent = Extent.parse(written);
        if (extent.isEmpty() && colon >= 0) {
            throw new InvalidInputException(
                    "workload '" + given + "'",
                    "a time or a number of turns needed",
                    "'" + written + "' found",
                    "write sustained-10min:NAME or sustained-48turns:NAME");
        }
        String over = colon < 0 ? USUAL_SUSTAINED : given.substring(colon + 1);
        return extent.map(found -> new Sustained(given, others.apply(over), found));
    }
}
