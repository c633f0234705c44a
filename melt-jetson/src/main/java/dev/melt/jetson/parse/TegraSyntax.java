package dev.melt.jetson.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms that a line of tegrastats is made of, from L4T 21 to 39. Each ends at a blank. */
final class TegraSyntax {
    private static final String END = "(?=\\s|$)";
    private static final String SIZE = "(\\d{1,9})([kKMG]?B)";
    private static final String DEGREES = "(-?\\d{1,4}(?:\\.\\d{1,6})?)C";
    private static final String CLOCKS = "(-?\\d{1,5}|\\[[-\\w,\\s]*\\])";

    /** {@code RAM 775/7620MB (lfb 3x4MB)}, {@code SWAP 0/3810MB (cached 0MB)}, {@code IRAM 0/252kB(lfb 252kB)}. */
    static final Pattern MEMORY = Pattern.compile("(RAM|SWAP|IRAM)\\s+(\\d{1,9})/" + SIZE
            + "(?:\\s*\\(\\s*(?:lfb\\s+(?:(\\d{1,9})x)?" + SIZE + "|cached\\s+" + SIZE + ")\\s*\\))?" + END);

    /** {@code CPU [1%@729,off]}, until L4T 28 {@code cpu [1%,off]@729}. */
    static final Pattern CORES = Pattern.compile("(?:CPU|cpu)\\s+\\[([^\\[\\]]*)\\](?:@(-?\\d{1,5}))?" + END);

    /** Of the cluster with Denver cores, under its firmware. */
    static final Pattern FIRMWARE = Pattern.compile("MTS\\s+fg\\s+(\\d{1,3})%\\s+bg\\s+(\\d{1,3})%" + END);

    static final Pattern LIMIT = Pattern.compile("EDP\\s+limit\\s+-?\\d{1,9}" + END);

    /** {@code cpu@47.9C}, from L4T 38 on {@code cpu@47.9C/48.3C}. */
    static final Pattern HEAT = Pattern.compile("([A-Za-z][\\w.-]*)@" + DEGREES + "(?:/" + DEGREES + ")?" + END);

    /** {@code VDD_IN 4067/4067}, from L4T 34 on {@code VDD_IN 4067mW/4067mW}, from 38 on with a third. */
    static final Pattern RAIL = Pattern.compile("([A-Za-z]\\w*)\\s+(-?\\d{1,9})(?:mW(?:/(-?\\d{1,9})mW)?"
            + "(?:/(-?\\d{1,9})mW)?|/(-?\\d{1,9})(?:/(-?\\d{1,9}))?)" + END);

    /** {@code GR3D_FREQ 63%@[621]}, {@code EMC_FREQ 0%}, {@code GR3D_FREQ @611}, {@code APE 174}, {@code NVENC off}. */
    static final Pattern LOAD = Pattern.compile(
            "([A-Z]\\w*)\\s+(?:off|(\\d{1,3})%(?:@" + CLOCKS + ")?|@" + CLOCKS + "|(-?\\d{1,5}))" + END);

    private static final Pattern CORE = Pattern.compile("(\\d{1,3})%(?:@(-?\\d{1,5}))?");
    private static final Map<String, Double> BYTES =
            Map.of("B", 1.0, "kB", 1024.0, "KB", 1024.0, "MB", 1048576.0, "GB", 1073741824.0);
    private static final double MILLI = 1e3;
    private static final double MEGA = 1e6;
    private static final double PERCENT = 100;

    private TegraSyntax() {}

    static TegraMemory memory(Matcher found) {
        return new TegraMemory(
                found.group(1),
                Double.parseDouble(found.group(2)) * BYTES.getOrDefault(found.group(4), 1.0),
                Double.parseDouble(found.group(3)) * BYTES.getOrDefault(found.group(4), 1.0),
                size(text(found, 8), text(found, 9)),
                size(text(found, 6), text(found, 7)),
                text(found, 5).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static OptionalDouble size(Optional<String> number, Optional<String> unit) {
        return number.isEmpty() || unit.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(number.get()) * BYTES.getOrDefault(unit.get(), 1.0));
    }

    /** Empty when one of them cannot be read. */
    static Optional<List<TegraCore>> cores(Matcher found) {
        List<TegraCore> cores = new ArrayList<>();
        for (String word : found.group(1).split(",", -1)) {
            Matcher core = CORE.matcher(word.strip());
            if (word.strip().equals("off")) {
                cores.add(TegraCore.OFF);
            } else if (core.matches() && share(text(core, 1)).orElse(0) <= 1) {
                cores.add(new TegraCore(
                        share(text(core, 1)), hertz(text(core, 2).or(() -> text(found, 2)))));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(cores);
    }

    static List<TegraLoad> firmware(Matcher found) {
        return List.of(
                new TegraLoad("MTS-fg", share(text(found, 1)), List.of()),
                new TegraLoad("MTS-bg", share(text(found, 2)), List.of()));
    }

    static TegraHeat heat(Matcher found) {
        return new TegraHeat(found.group(1), Double.parseDouble(found.group(2)), parted(text(found, 3), 1));
    }

    static TegraRail rail(Matcher found) {
        return new TegraRail(
                found.group(1),
                Double.parseDouble(found.group(2)) / MILLI,
                parted(text(found, 3).or(() -> text(found, 5)), MILLI),
                parted(text(found, 4).or(() -> text(found, 6)), MILLI));
    }

    static TegraLoad load(Matcher found) {
        String clocks =
                text(found, 3).or(() -> text(found, 4)).or(() -> text(found, 5)).orElse("");
        List<Double> hertz = Stream.of(clocks.replaceAll("[\\[\\]\\s]", "").split(",", -1))
                .filter(word -> word.matches("-?\\d{1,5}"))
                .flatMap(word -> hertz(Optional.of(word)).stream().boxed())
                .toList();
        return new TegraLoad(found.group(1), share(text(found, 2)), hertz);
    }

    private static OptionalDouble share(Optional<String> percent) {
        return parted(percent, PERCENT);
    }

    /** A clock that nobody knows is -1. */
    private static OptionalDouble hertz(Optional<String> megahertz) {
        return megahertz
                .map(Double::parseDouble)
                .filter(value -> value >= 0)
                .map(value -> OptionalDouble.of(value * MEGA))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble parted(Optional<String> number, double parts) {
        return number.map(word -> OptionalDouble.of(Double.parseDouble(word) / parts))
                .orElse(OptionalDouble.empty());
    }

    private static Optional<String> text(Matcher found, int group) {
        return Optional.ofNullable(found.group(group));
    }
}
