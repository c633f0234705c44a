package dev.melt.virtual.ios.service;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A package that was brought to the phone: a zip of {@code Payload/NAME.app}, or a folder {@code NAME.app}. Stateless. */
final class AppArchive {
    private static final Pattern INFO = Pattern.compile("Payload/[^/]+\\.app/Info\\.plist");

    private AppArchive() {}

    /** Its {@code Info.plist}; empty when there is none that can be read. */
    static Optional<NSDictionary> info(Path archive) throws IOException {
        try {
            if (Files.isDirectory(archive)) {
                Path file = archive.resolve("Info.plist");
                return Files.exists(file) ? Optional.of(Plists.parseDict(Files.readAllBytes(file))) : Optional.empty();
            }
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                Optional<? extends ZipEntry> entry = zip.stream()
                        .filter(one -> INFO.matcher(one.getName()).matches())
                        .findFirst();
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                try (InputStream in = zip.getInputStream(entry.get())) {
                    return Optional.of(Plists.parseDict(in.readAllBytes()));
                }
            }
        } catch (ZipException e) {
            return Optional.empty();
        }
    }

    /** Once it is installed, it is taken away. */
    static void remove(Path archive) throws IOException {
        try (Stream<Path> below = Files.walk(archive)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
