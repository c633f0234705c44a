package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's system on a Jetson: what {@code /etc/nv_tegra_release} says, or the package {@code nvidia-l4t-core}.
 *
 * @param l4t the version of Linux for Tegra, three numbers: {@code 36.4.3}
 * @param words what else the file says, by small letters: {@code board}, {@code gcid}, {@code date}, ...
 */
public record TegraRelease(String l4t, Map<String, String> words, long skipped) implements TelemetryRecord {
    private static final Pattern RELEASE = Pattern.compile(
            "#?\\s*+R(\\d{1,3})\\s*+\\((\\w+)\\),\\s*+" + "REVISION:\\s*+(\\d{1,3})(?:\\.(\\d{1,3}))?\\s*+(?:,(.*))?");
    private static final Pattern PACKAGE = Pattern.compile(
            "(?:ii\\s++)?nvidia-l4t-core(?::arm64)?\\s++(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?(?:[-\\s].*)?");
    private static final Pattern WORD = Pattern.compile("#?\\s*+([A-Z][A-Z_]*+)\\s*+[:=]\\s*+(.*)");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    public TegraRelease {
        requireNonNull(l4t, "l4t");
        words = Collections.unmodifiableMap(new TreeMap<>(words));
    }

    /** Of what the file, or {@code dpkg-query -W nvidia-l4t-core}, says; empty for anything else. */
    public static Optional<TegraRelease> of(String text) {
        Map<String, String> words = new TreeMap<>();
        Optional<String> l4t = Optional.empty();
        long skipped = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            Optional<String> version = version(line, words);
            l4t = l4t.or(() -> version);
            boolean known = version.isPresent() || line.isBlank() || word(line, words);
            skipped += known ? 0 : 1;
        }
        long others = skipped;
        return l4t.map(version -> new TegraRelease(version, words, others));
    }

    private static Optional<String> version(String line, Map<String, String> words) {
        Matcher release = RELEASE.matcher(line);
        Matcher packaged = PACKAGE.matcher(line);
        if (packaged.matches()) {
            return Optional.of(version(packaged.group(1), packaged.group(2), Optional.ofNullable(packaged.group(3))));
        }
        if (!release.matches()) {
            return Optional.empty();
        }
        words.putIfAbsent("release", release.group(2));
        for (String part : Optional.ofNullable(release.group(5)).orElse("").split(",", -1)) {
            word(part.strip(), words);
        }
        return Optional.of(version(release.group(1), release.group(3), Optional.ofNullable(release.group(4))));
    }

    private static String version(String major, String minor, Optional<String> patch) {
        return Integer.parseInt(major) + "." + Integer.parseInt(minor) + "." + Integer.parseInt(patch.orElse("0"));
    }

    private static boolean word(String text, Map<String, String> words) {
        Matcher word = WORD.matcher(text);
        if (word.matches() && !word.group(2).isEmpty()) {
            words.putIfAbsent(word.group(1).toLowerCase(Locale.ROOT), word.group(2));
        }
        return word.matches();
    }

    /**
     * Reads the file's text.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static TegraRelease read(SourceText text) throws UnknownOutputException {
        TegraRelease release = of(String.join("\n", text.lines()))
                .orElseThrow(() -> text.unlike("'# R36 (release), REVISION: 4.3, ...' of /etc/nv_tegra_release"));
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return release;
    }

    /** NVIDIA's name for the system with all its libraries; empty for an L4T whose JetPack is not known here. */
    public Optional<String> jetPack() {
        return JetPack.ofL4t(l4t);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        words.forEach((key, word) -> {
            if (key.equals("gcid") && WHOLE.matcher(word).matches()) {
                out.fact(key, Long.parseLong(word));
            } else {
                out.fact(key, word);
            }
        });
        out.fact("l4t", l4t);
        jetPack().ifPresent(version -> out.fact("jetpack", version));
        out.skipped(skipped);
    }
}
