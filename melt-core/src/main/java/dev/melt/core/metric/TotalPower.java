package dev.melt.core.metric;

import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chooses which of a device's power channels stands for the whole device, so that nothing is counted twice: a
 * processor's package contains its cores, the platform contains the package, and the battery feeds them all. In this
 * order: an external meter; the platform counter ({@code psys}) or a board's own power meter; the packages in sum, with
 * their memory and the graphics cards beside them; a board's input rail; the rails of a board that has none for its input, see
 * {@link BoardRails}; graphics cards alone; the battery. A channel that shows nothing but zeros, or a counter that never
 * moves, is passed over. Where a site has both a counter and readings of power, the counter is taken: it misses nothing
 * between two ticks. Channels of an unknown source come last, with grade D. Stateless.
 */
public final class TotalPower {
    private static final Pattern PLATFORM = Pattern.compile("psys.*|power[-_]?meter.*|acpi.*");
    private static final Pattern PACKAGE = Pattern.compile("package(-\\d+)?(-die-\\d+)?");
    private static final Pattern MEMORY = Pattern.compile("(package-\\d+(-die-\\d+)?[-/:.])?dram(-?\\d+)?");
    private static final Pattern INPUT_RAIL = Pattern.compile("(.*-)?(VDD_IN|POM_5V_IN|VIN)");

    private static final Pattern GRAPHICS = Pattern.compile("gpu[0-9]+");

    private static final String BATTERY = "battery";

    private TotalPower() {}

    /**
     * The channel or the sum of channels that stands for the device.
     *
     * @param periodNanos of the sampler
     * @return empty where nothing measures it
     */
    public static Optional<PowerSource> choose(List<Series> series, long periodNanos) {
        List<Candidate> candidates = candidates(series, periodNanos);
        return sole(candidates, c -> c.grade() == EnergyGrade.A, "external meter")
                .or(() -> sole(candidates, c -> c.isB() && c.matches(PLATFORM), "whole platform"))
                .or(() -> packages(candidates))
                .or(() -> sole(candidates, c -> c.isB() && c.matches(INPUT_RAIL), "input rail of the board"))
                .or(() -> boardRails(series, candidates))
                .or(() -> graphics(candidates).map(sum -> sum.source("graphics cards alone")))
                .or(() -> sole(candidates, c -> c.grade() == EnergyGrade.C, "battery"))
                .or(() -> sole(candidates, c -> c.grade() == EnergyGrade.D, "of unknown making"));
    }

    /** One rail, domain or card. */
    record Rail(String site, PowerSource power) {}

    /**
     * Every channel that measures a part of the device or its whole with a sensor of its own, one for each site; the gauge of a battery
     * is not among them.
     */
    static List<Rail> rails(List<Series> series, long periodNanos) {
        Map<String, Rail> bySite = new LinkedHashMap<>();
        candidates(series, periodNanos).stream()
                .filter(c -> c.grade() == EnergyGrade.A || c.isB())
                .forEach(c -> bySite.putIfAbsent(
                        c.site(), new Rail(c.site(), new PowerSource(c.channelSource(), c.grade(), c.trace()))));
        return List.copyOf(bySite.values());
    }

    /** One thing that measures power at a site. */
    private record Candidate(String site, String channelSource, Trace trace) {
        EnergyGrade grade() {
            return EnergyGrade.ofSource(channelSource);
        }

        boolean isB() {
            return grade() == EnergyGrade.B;
        }

        boolean matches(Pattern pattern) {
            return pattern.matcher(site).matches();
        }
    }

    private static List<Candidate> candidates(List<Series> series, long periodNanos) {
        Map<String, Candidate> bySite = new LinkedHashMap<>();
        List<Candidate> all = new ArrayList<>();
        all.addAll(read(series, Quantities.ENERGY, Unit.JOULE, periodNanos));
        all.addAll(read(series, Quantities.POWER, Unit.WATT, periodNanos));
        all.addAll(voltsTimesAmperes(series, periodNanos));
        all.stream()
                .filter(c -> c.trace().alive())
                .forEach(c -> bySite.putIfAbsent(c.channelSource() + "/" + c.site(), c));
        return bySite.values().stream()
                .sorted(Comparator.comparing(Candidate::site))
                .toList();
    }

    private static List<Candidate> read(List<Series> series, String quantity, Unit unit, long periodNanos) {
        return series.stream()
                .filter(s -> !Quantities.isDerived(s.channel()))
                .filter(s ->
                        s.channel().quantity().equals(quantity) && s.channel().unit() == unit)
                .map(s -> new Candidate(s.channel().site(), s.channel().source(), trace(s, periodNanos)))
                .toList();
    }

    private static Trace trace(Series series, long periodNanos) {
        EnergyGrade grade = EnergyGrade.ofSource(series.channel().source());
        Trace.Kind kind = series.channel().unit() == Unit.JOULE
                ? Trace.Kind.COUNTER
                : grade == EnergyGrade.C || series.channel().site().equals(BATTERY)
                        ? Trace.Kind.DISCHARGE
                        : Trace.Kind.RATE;
        return Trace.of(kind, series, periodNanos, grade == EnergyGrade.A);
    }

    /** Where a site has both; of the battery the sign of the current stays, so that charging can be told. */
    private static List<Candidate> voltsTimesAmperes(List<Series> series, long periodNanos) {
        return of(series, Quantities.CURRENT)
                .flatMap(amperes -> of(series, Quantities.VOLTAGE)
                        .filter(volts ->
                                volts.channel().site().equals(amperes.channel().site()))
                        .map(volts -> new Candidate(
                                amperes.channel().site(),
                                amperes.channel().source(),
                                trace(amperes, periodNanos)
                                        .times(Trace.of(Trace.Kind.RATE, volts, periodNanos, false)))))
                .toList();
    }

    private static Stream<Series> of(List<Series> series, String quantity) {
        return series.stream().filter(s -> s.channel().quantity().equals(quantity));
    }

    /** The battery's series of a quantity. */
    static Optional<Series> battery(List<Series> series, String quantity) {
        return of(series, quantity)
                .filter(s -> s.channel().site().equals(BATTERY))
                .findFirst();
    }

    /** Channels that are added up. */
    private record Sum(List<Candidate> of, Trace trace) {
        static Optional<Sum> of(List<Candidate> candidates) {
            return candidates.stream().map(Candidate::trace).reduce(Trace::plus).map(sum -> new Sum(candidates, sum));
        }

        String names() {
            return of.get(0).channelSource() + ": "
                    + String.join(" + ", of.stream().map(Candidate::site).toList());
        }

        PowerSource source(String reason) {
            return new PowerSource(names() + " (" + reason + ")", EnergyGrade.B, trace);
        }
    }

    private static Optional<PowerSource> packages(List<Candidate> candidates) {
        List<Candidate> packages =
                candidates.stream().filter(c -> c.isB() && c.matches(PACKAGE)).toList();
        Optional<Sum> processors = Sum.of(candidates.stream()
                .filter(c -> c.isB() && (c.matches(PACKAGE) || c.matches(MEMORY)))
                .filter(c -> !packages.isEmpty() && sameKind(c, packages.get(0)))
                .toList());
        Optional<Sum> cards = graphics(candidates);
        return processors.map(sum -> cards.map(gpus -> new PowerSource(
                        sum.names() + " + " + gpus.names() + " (processor packages, memory and graphics cards)",
                        EnergyGrade.B,
                        sum.trace().asCounter().plus(gpus.trace().asCounter())))
                .orElseGet(() -> sum.source("processor packages and memory")));
    }

    /** A card's own sensor; the processor's counters know nothing of it. */
    private static Optional<Sum> graphics(List<Candidate> candidates) {
        return Sum.of(candidates.stream()
                .filter(c -> c.isB() && c.channelSource().equals("nvidia-smi") && c.matches(GRAPHICS))
                .toList());
    }

    /** A rail that shows nothing but zeros is there, and adds nothing. */
    private static Optional<PowerSource> boardRails(List<Series> series, List<Candidate> candidates) {
        return BoardRails.sumOf(series)
                .flatMap(rails -> Sum.of(candidates.stream()
                        .filter(c -> c.isB() && rails.contains(c.site()))
                        .toList()))
                .map(sum -> sum.source("module without carrier board"));
    }

    private static boolean sameKind(Candidate a, Candidate b) {
        return a.channelSource().equals(b.channelSource())
                && a.trace().kind() == b.trace().kind();
    }

    private static Optional<PowerSource> sole(List<Candidate> candidates, Predicate<Candidate> wanted, String reason) {
        return candidates.stream()
                .filter(wanted)
                .findFirst()
                .map(c -> new PowerSource(
                        c.channelSource() + ": " + c.site() + " (" + reason + ")", c.grade(), c.trace()));
    }
}
