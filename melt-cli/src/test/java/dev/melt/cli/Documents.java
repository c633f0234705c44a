package dev.melt.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The pages that people read: README, CONTRIBUTING and everything below docs/. */
final class Documents {
    static final Path ROOT = Path.of(System.getProperty("melt.repo"));

    private Documents() {}

    /** One page. */
    record Page(Path file) {
        /** The page at this path below the repository. */
        static Page at(String path) {
            return new Page(ROOT.resolve(path));
        }

        String text() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Lines inside fences, with lines that end in a backslash joined to the next. */
        List<String> examples() {
            List<String> lines = new ArrayList<>();
            boolean fenced = false;
            for (String line : text().replace("\\\n", " ").lines().toList()) {
                if (line.strip().startsWith("```")) {
                    fenced = !fenced;
                } else if (fenced) {
                    lines.add(line.strip());
                }
            }
            return lines;
        }

        /** The text without what stands in fences. */
        String prose() {
            return text().replaceAll("(?ms)^\\s*```.*?^\\s*```", "");
        }

        /** Anchors that the headings make, as the web view of a repository names them. */
        List<String> anchors() {
            return prose().lines()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+\\s*", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                            .replace(' ', '-'))
                    .toList();
        }

        /** The rows below a table's head, each as its cells without code marks. */
        List<List<String>> rowsBelow(String head) {
            return text().lines()
                    .dropWhile(line -> !line.equals(head))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                            .map(cell -> cell.strip().replace("`", ""))
                            .toList())
                    .map(cells -> cells.subList(0, cells.size() - 1))
                    .toList();
        }

        @Override
        public String toString() {
            return ROOT.relativize(file).toString();
        }
    }

    static Stream<Page> all() {
        try (Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
            List<Page> pages = below.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::new)
                    .toList();
            return Stream.concat(Stream.of(Page.at("README.md"), Page.at("CONTRIBUTING.md")), pages.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
