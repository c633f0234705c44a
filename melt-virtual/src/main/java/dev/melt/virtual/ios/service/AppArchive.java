package dev.melt.virtual.ios.service;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A package that was brought to the phone: a zip of {@code Payload/NAME.app}, or a folder {@code NAME.app}. Stateless. */
final class AppArchive {
    private static final Pattern INFO = Pattern.compile("Payload/[^/]+\\.app/Info\\.plist");

    private static final Pattern IN_APP = Pattern.compile("Payload/[^/]+\\.app/(.+)");

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

    /** Puts the app that is in it into a folder: its program and what lies beside. */
    static void extract(Path archive, Path into) throws IOException {
        Files.createDirectories(into);
        if (Files.isDirectory(archive)) {
            try (Stream<Path> below = Files.walk(archive)) {
                for (Path path : below.filter(Files::isRegularFile).toList()) {
                    place(into, archive.relativize(path).toString(), Files.newInputStream(path));
                }
            }
            return;
        }
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
                Matcher inApp = IN_APP.matcher(entry.getName());
                if (inApp.matches()) {
                    place(into, inApp.group(1), zip.getInputStream(entry));
                }
            }
        }
    }

    private static void place(Path into, String name, InputStream content) throws IOException {
        try (content) {
            Path file = into.resolve(name).normalize();
            if (!file.startsWith(into)) {
                throw new IOException(name + " leads out of the app");
            }
            Files.createDirectories(file.getParent());
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            if (!file.toFile().setExecutable(true)) { // the zip's word for it is lost on the way
                throw new IOException(name + " cannot be made executable");
            }
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
