package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.cli.Documents.Page;
import dev.melt.core.engine.Setting;
import dev.melt.core.metric.Metric;
import dev.melt.core.metric.Metrics;
import dev.melt.core.outcome.Validity;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say is there: pages that they point to, and members of closed sets that they list. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    static Stream<Page> pages() {
        return Documents.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pointsToWhatIsThere(Page page) {
        List<String> links = LINK.matcher(page.prose())
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.matches("(https?|mailto):.*"))
                .toList();

        assertThat(links).allSatisfy(link -> assertThat(leads(page, link)).isTrue());
    }

    private static boolean leads(Page page, String link) {
        String[] parts = link.split("#", 2);
        Page target = parts[0].isEmpty()
                ? page
                : new Page(page.file().resolveSibling(parts[0]).normalize());
        return Files.exists(target.file())
                && (parts.length == 1 || target.anchors().contains(parts[1]));
    }

    @Test
    void everyPageIsReachedFromTheIndexOrIsADecision() {
        String index = Page.at("docs/README.md").text();
        List<String> named =
                LINK.matcher(index).results().map(MatchResult::group).toList();

        assertThat(Documents.all().map(Page::toString))
                .filteredOn(path -> path.matches("docs/(tutorial|how-to|concepts|reference)/.*"))
                .allSatisfy(path -> assertThat(named).contains("](" + path.substring("docs/".length()) + ")"));
    }

    @Test
    void validityListsEachFindingAsTheCodeHasIt() {
        List<List<String>> rows =
                Page.at("docs/concepts/validity.md").rowsBelow("| finding | | what it means | what to do |");

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Validity.values())
                        .map(v -> List.of(v.name(), v.forbidsQuoting() ? "forbids" : "warns", v.meaning(), v.advice()))
                        .toList());
    }

    @Test
    void coverageListsEachMetricInOrder() {
        List<List<String>> rows = Page.at("docs/reference/coverage.md")
                .rowsBelow("| id | Linux | from | macOS | Android | Jetson | iPhone |");

        assertThat(rows.stream().map(row -> row.get(0)))
                .containsExactlyElementsOf(Metrics.ALL.stream().map(Metric::id).toList());
        assertThat(rows.stream().map(row -> row.get(1))).isSubsetOf("measured", "derived", "not available");
    }

    @Test
    void exitCodesAreListedWithTheirMeaning() {
        assertThat(Page.at("docs/reference/exit-codes.md").rowsBelow("| code | meaning |"))
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> List.of(Integer.toString(code.code()), code.meaning()))
                        .toList());
    }

    @Test
    void settingsAreListedAsTheCodeHasThem() {
        assertThat(Page.at("docs/reference/configuration.md").rowsBelow("| key | value | meaning |"))
                .containsExactlyElementsOf(Arrays.stream(Setting.values())
                        .map(s -> List.of(s.key(), s.type().name().toLowerCase(Locale.ROOT), s.description()))
                        .toList());
    }
}
