package dev.melt.ios.device;

import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListParser;
import dev.melt.ios.tool.IdeviceTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Until when the signature of an app lasts, by the provisioning profiles on the phone ({@code ideviceprovision copy}): a property list
 * stands as text within each.
 */
record Signature(IdeviceTool tool, String udid) {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long LARGEST = 1 << 20;

    /** The latest end among the profiles that an app can be started with; empty where none is for it, as of one from the App Store. */
    Optional<Instant> expires(String bundle) {
        try {
            Path folder = Files.createTempDirectory("melt-profiles");
            try {
                tool.run(ANSWER, "ideviceprovision", "-u", udid, "copy", folder.toString());
                try (Stream<Path> all = Files.list(folder)) {
                    return all.map(Signature::plist)
                            .flatMap(Optional::stream)
                            .filter(profile -> isFor(profile, bundle))
                            .flatMap(profile -> end(profile).stream())
                            .max(Comparator.naturalOrder());
                }
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<NSDictionary> plist(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            int from = text.indexOf("<?xml");
            int to = text.indexOf("</plist>", Math.max(0, from));
            return from < 0 || to < 0
                    ? Optional.empty()
                    : Optional.of((NSDictionary) PropertyListParser.parse(
                            text.substring(from, to + "</plist>".length()).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (Exception damaged) { // a profile that cannot be read says nothing
            return Optional.empty();
        }
    }

    /** {@code TEAM.dev.melt.agent}, or {@code TEAM.*} for all of a team's apps. */
    private static boolean isFor(NSDictionary profile, String bundle) {
        if (profile.get("Entitlements") instanceof NSDictionary own
                && own.get("application-identifier") instanceof NSString text) {
            String identifier = text.getContent();
            String app = identifier.substring(identifier.indexOf('.') + 1);
            return app.equals(bundle) || (app.endsWith("*") && bundle.startsWith(app.substring(0, app.length() - 1)));
        }
        return false;
    }

    private static Optional<Instant> end(NSDictionary profile) {
        return profile.get("ExpirationDate") instanceof NSDate date
                ? Optional.of(date.getDate().toInstant())
                : Optional.empty();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
