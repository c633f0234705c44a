package dev.melt.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page says of each metric what the code says. A failure prints the rows as they should be. */
class MetricsDocumentTest {
    private static final String HEAD = "| id | unit | better | per | needs | formula | definition |";

    @Test
    void thePageListsEachMetricAsItIsDeclared() throws IOException {
        List<String> page = Files.readAllLines(Path.of(System.getProperty("melt.repo"), "docs/reference/metrics.md"));
        int head = page.indexOf(HEAD);
        assertThat(head).as("the table's head %s", HEAD).isNotNegative();
        List<String> rows = page.stream()
                .skip(head + 2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Metrics.ALL.stream().map(MetricsDocumentTest::row).toList());
    }

    @Test
    void thePageNamesEachQuantityThatFormulasRead() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("melt.repo"), "docs/reference/metrics.md"));

        assertThat(page)
                .contains(List.of(
                        "`" + Quantities.POWER + "/",
                        "`" + Quantities.ENERGY + "/",
                        "`" + Quantities.CURRENT + "/",
                        "`" + Quantities.VOLTAGE + "/",
                        "`" + Quantities.TEMPERATURE + "/",
                        "`" + Quantities.FREQUENCY + "/",
                        "`" + Quantities.FREQUENCY_CAP + "/",
                        "`" + Quantities.COOLING + "/",
                        "`" + Quantities.UTILISATION + "/",
                        "`" + Quantities.MEMORY + "/"));
    }

    @Test
    void idsAreUniqueAndFoundWithTheirSite() {
        assertThat(Metrics.ALL.stream().map(Metric::id)).doesNotHaveDuplicates();
        assertThat(Metrics.find("temperature_peak/battery").orElseThrow().id()).isEqualTo("temperature_peak");
        assertThat(Metrics.find("no_such_metric")).isEmpty();
    }

    @Test
    void whatPoolingRefersToIsDeclared() {
        assertThat(Metrics.ALL).allSatisfy(metric -> {
            if (metric.pooling() instanceof Pooling.WeightedBy by) {
                assertThat(Metrics.find(by.weight())).isPresent();
            } else if (metric.pooling() instanceof Pooling.Sum sum) {
                assertThat(Metrics.find(sum.every())).isPresent();
            }
        });
    }

    private static String row(Metric metric) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s | %s v%d | %s |",
                metric.id(),
                metric.unit().symbol(),
                metric.better() == Direction.NONE ? "" : lower(metric.better()),
                metric.scope() == Scope.TURN ? "turn, trial" : lower(metric.scope()),
                metric.needs().stream().sorted().map(MetricsDocumentTest::lower).collect(Collectors.joining(", ")),
                metric.formula(),
                metric.formulaVersion(),
                metric.definition());
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
