package dev.melt.cli.chart;

import static java.util.Objects.requireNonNull;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.melt.core.problem.InvalidInputException;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.HorizontalBarStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Bars of shares, grouped: for each label one bar a series. The same shares give the same bytes on one machine; fonts, and
 * with them the widths of texts, are the machine's. Needs no screen.
 *
 * @param shares by series and then by label, each a part of 1
 */
public record ShareChart(String title, String axis, Map<String, Map<String, Double>> shares) {
    private static final int LABELS = 16;
    private static final String REST = "all others";
    private static final int WIDTH = 900;
    private static final int HEIGHT_OF_A_BAR = 14;
    private static final int HEIGHT_OF_THE_REST = 160;

    /** Told apart by people who do not see all colours (Okabe and Ito 2008). */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xE69F00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xD55E00),
        new Color(0xF0E442),
        new Color(0x000000)
    };

    public ShareChart {
        requireNonNull(title, "title");
        requireNonNull(axis, "axis");
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("a chart needs a series");
        }
    }

    /** The chart as a file has it. */
    public byte[] bytes(ChartFormat format) {
        System.setProperty("java.awt.headless", "true");
        requireFonts();
        HorizontalBarChart chart = chart();
        try {
            return format == ChartFormat.PNG
                    ? ChartEncoder.getBytes(chart, "png")
                    : vector(chart, format.name().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] vector(HorizontalBarChart chart, String format) throws IOException {
        VectorGraphics2D drawing = new VectorGraphics2D();
        chart.paint(drawing, chart.getWidth(), chart.getHeight());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Processors.get(format)
                .getDocument(drawing.getCommands(), new PageSize(chart.getWidth(), chart.getHeight()))
                .writeTo(out);
        return out.toByteArray();
    }

    private static void requireFonts() {
        try {
            if (GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length == 0) {
                throw noFonts("the list is empty");
            }
        } catch (LinkageError | InternalError e) {
            throw noFonts(e.toString()); // how Java says that a library for them is missing
        }
    }

    private static InvalidInputException noFonts(String finding) {
        return new InvalidInputException(
                "--chart",
                "a font to write with expected",
                "Java finds none (" + finding + ")",
                "install some, on Debian: apt-get install fontconfig fonts-dejavu-core");
    }

    private HorizontalBarChart chart() {
        List<String> labels = labels();
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(HEIGHT_OF_THE_REST + HEIGHT_OF_A_BAR * labels.size() * (1 + shares.size()))
                .title(title)
                .xAxisTitle(axis)
                .build();
        style(chart.getStyler());
        shares.forEach((series, byLabel) -> chart.addSeries(series, percents(labels, byLabel), labels));
        return chart;
    }

    private static void style(HorizontalBarStyler styler) {
        styler.setLocale(Locale.ROOT)
                .setSeriesColors(COLOURS)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
                .setDecimalPattern("#0.#");
        styler.setLabelsVisible(false).setXAxisMin(0.0).setYAxisTickMarkSpacingHint(HEIGHT_OF_A_BAR);
    }

    /** Largest first; where there are many, the small ones are one bar. */
    private List<String> labels() {
        Map<String, Double> sums = new LinkedHashMap<>();
        shares.values().forEach(byLabel -> byLabel.forEach((label, share) -> sums.merge(label, share, Double::sum)));
        List<String> labels = new ArrayList<>(sums.keySet());
        labels.sort((a, b) -> {
            int bySize = Double.compare(sums.getOrDefault(b, 0.0), sums.getOrDefault(a, 0.0));
            return bySize != 0 ? bySize : a.compareTo(b);
        });
        if (labels.size() > LABELS) {
            labels = new ArrayList<>(labels.subList(0, LABELS - 1));
            labels.add(REST);
        }
        return labels;
    }

    private static List<Double> percents(List<String> labels, Map<String, Double> shares) {
        List<Double> percents = new ArrayList<>();
        for (String label : labels) {
            double share = label.equals(REST)
                    ? shares.entrySet().stream()
                            .filter(entry -> !labels.contains(entry.getKey()))
                            .mapToDouble(Map.Entry::getValue)
                            .sum()
                    : shares.getOrDefault(label, 0.0);
            percents.add(100 * share);
        }
        return percents;
    }
}
