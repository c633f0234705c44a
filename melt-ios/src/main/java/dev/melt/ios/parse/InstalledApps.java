package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The apps on a phone, as {@code ideviceinstaller -l} lists them: as text, in its older form too, or with {@code -o xml}. */
public record InstalledApps(List<App> apps, long skipped) implements TelemetryRecord {
    private static final Pattern HEADING = Pattern.compile("CFBundleIdentifier(?:, CFBundle\\w+)+|Total: \\d+ apps?");

    /** Quotes within a name are not escaped: the last one of a line is the end. */
    private static final Pattern ROW = Pattern.compile("([\\w.-]{1,255}), \"([^\"]*)\"(?:, \"(.*)\")?");

    private static final Pattern OLD_ROW = Pattern.compile("([\\w-]{1,100}(?:\\.[\\w-]{1,100}){1,20}) - (.*) (\\S+)");
    private static final String ID = "CFBundleIdentifier";

    public InstalledApps {
        apps = List.copyOf(apps);
    }

    /**
     * One app.
     *
     * @param id of its bundle
     * @param info all that the list says of it, where it is one of XML: text, numbers, true or false, lists and maps
     */
    public record App(String id, Optional<String> version, Optional<String> name, Map<String, Object> info) {
        public App {
            requireNonNull(id, "id");
            requireNonNull(version, "version");
            requireNonNull(name, "name");
            info = Collections.unmodifiableMap(new TreeMap<>(info));
        }

        /** Of what the phone says of an app. */
        static Optional<App> of(PropertyTree info) {
            return info.text(ID)
                    .map(id -> new App(
                            id,
                            info.text("CFBundleVersion"),
                            info.text("CFBundleDisplayName").or(() -> info.text("CFBundleName")),
                            info.values()));
        }

        private FactRow row() {
            PropertyTree tree = PropertyTree.of(info);
            return new FactRow()
                    .with("id", id)
                    .with("version", version)
                    .with("name", name)
                    .with("short_version", tree.text("CFBundleShortVersionString"))
                    .with("type", tree.text("ApplicationType"))
                    .with("path", tree.text("Path"))
                    .with("least_system", tree.text("MinimumOSVersion"))
                    .with(
                            "debuggable",
                            tree.child("Entitlements")
                                    .flatMap(own -> own.flag("get-task-allow"))
                                    .map(String::valueOf));
        }
    }

    /**
     * Reads such a list.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static InstalledApps read(String text) throws UnknownOutputException {
        return read(ConsoleFormat.plain(text));
    }

    /**
     * Reads such a list, also where it is noted with its command.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static InstalledApps read(SourceText text) throws UnknownOutputException {
        SourceText output = Transcript.outputOf(text, "ideviceinstaller");
        return PlistText.isIn(output) ? ofXml(output) : ofRows(output);
    }

    private static InstalledApps ofXml(SourceText text) throws UnknownOutputException {
        PlistText list = PlistText.read(text);
        List<App> apps = new ArrayList<>();
        long nameless = 0;
        for (Object root : list.roots()) {
            if (!(root instanceof List<?> items)) {
                throw text.unlike("an array of apps of ideviceinstaller -l -o xml");
            }
            for (Object item : items) {
                Optional<App> app = PropertyTree.of(item).flatMap(App::of);
                app.ifPresent(apps::add);
                nameless += app.isPresent() ? 0 : 1;
            }
        }
        if (list.roots().isEmpty() || (apps.isEmpty() && nameless > 0)) {
            throw text.unlike("an array of apps of ideviceinstaller -l -o xml");
        }
        return new InstalledApps(apps, list.skipped() + nameless + list.around().size());
    }

    private static InstalledApps ofRows(SourceText text) throws UnknownOutputException {
        if (!text.has(line -> HEADING.matcher(line.strip()).matches())) {
            throw text.unlike("'CFBundleIdentifier, CFBundleVersion, CFBundleDisplayName' of ideviceinstaller -l");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        List<App> apps = new ArrayList<>();
        long skipped = 0;
        for (String line : text.lines()) {
            String row = line.strip();
            Matcher now = ROW.matcher(row);
            Matcher old = OLD_ROW.matcher(row);
            if (now.matches()) {
                apps.add(app(now.group(1), now.group(2), now.group(3)));
            } else if (old.matches()) {
                apps.add(app(old.group(1), old.group(3), old.group(2)));
            } else {
                skipped += row.isEmpty() || HEADING.matcher(row).matches() ? 0 : 1;
            }
        }
        return new InstalledApps(apps, skipped);
    }

    private static App app(String id, String version, String name) {
        return new App(id, word(version), Optional.ofNullable(name).flatMap(InstalledApps::word), Map.of());
    }

    private static Optional<String> word(String word) {
        return word.isEmpty() || word.equals("(null)") ? Optional.empty() : Optional.of(word);
    }

    /** The one with this identifier. */
    public Optional<App> named(String id) {
        return apps.stream().filter(app -> app.id().equals(id)).findFirst();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.fact("count", apps.size());
        apps.forEach(app -> out.row("apps", app.row()));
        out.skipped(skipped);
    }
}
