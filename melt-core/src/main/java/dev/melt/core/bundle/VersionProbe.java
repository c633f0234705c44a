package dev.melt.core.bundle;

import dev.melt.core.binary.BinaryReader;
import dev.melt.core.binary.FileContent;
import dev.melt.core.engine.Abi;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.home.FileProblems;
import dev.melt.core.process.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a bundle's programs for their version with {@code --version}. Runs only what this host's own processor and system can
 * run; a program for another device is never started.
 *
 * @param deadline for each program that is asked
 */
public record VersionProbe(Duration deadline) {
    /** For people's machines. */
    public static final VersionProbe USUAL = new VersionProbe(Duration.ofSeconds(10));

    private static final int MOST_ASKED = 3;
    private static final Pattern FORM =
            Pattern.compile("(?i)\\bversion:?\\s*v?([0-9][0-9A-Za-z._+-]{0,63})(?:\\s*\\(([0-9a-z]{1,40})\\))?");

    /** Those of a llama.cpp build that know the question; others print their usage. */
    private static final List<String> ASKED_FIRST =
            List.of("llama-completion", "llama-cli", "llama-server", "llama-perplexity", "main");

    /** A version, and the program that said so. */
    public record Answer(String program, String version) {}

    /** What the first program says that has an answer; empty when none has, or none runs here. */
    public Optional<Answer> ask(Bundle bundle) throws InterruptedException {
        if (!runsHere(bundle)) {
            return Optional.empty();
        }
        List<BundleFile> programs = bundle.files().stream()
                .filter(BundleFile::executable)
                .sorted(Comparator.comparingInt(VersionProbe::rank))
                .filter(VersionProbe::isProgram)
                .limit(MOST_ASKED)
                .toList();
        for (BundleFile program : programs) {
            Optional<String> version = ask(bundle, program);
            if (version.isPresent()) {
                return version.map(found -> new Answer(program.name(), found));
            }
        }
        return Optional.empty();
    }

    /** Whether two versions are the same but for llama.cpp's {@code b}. */
    public static boolean same(String one, String other) {
        return one.replaceFirst("^[bv](?=[0-9])", "").equals(other.replaceFirst("^[bv](?=[0-9])", ""));
    }

    private static boolean runsHere(Bundle bundle) {
        return bundle.abi().equals(Abi.ANY.word())
                || Abi.ofThisHost().map(Abi::word).equals(Optional.of(bundle.abi()));
    }

    private static int rank(BundleFile file) {
        int listed = ASKED_FIRST.indexOf(file.baseName());
        return listed < 0 ? ASKED_FIRST.size() : listed;
    }

    /** The bundle's word is not enough: each file is looked at before it is started. */
    private static boolean isProgram(BundleFile file) {
        try {
            FileContent content = BinaryReader.read(file.path());
            return content instanceof FileContent.Script
                    || (content instanceof FileContent.Elf elf
                            && elf.role() == FileContent.Role.PROGRAM
                            && elf.machine().equals(Abi.ofThisHost().flatMap(Abi::machine)))
                    || (content instanceof FileContent.MachO machO
                            && machO.slices().stream()
                                    .anyMatch(slice -> slice.machine()
                                            .equals(Abi.ofThisHost().flatMap(Abi::machine))));
        } catch (IOException e) {
            throw FileProblems.of(file.path(), e);
        }
    }

    private Optional<String> ask(Bundle bundle, BundleFile program) throws InterruptedException {
        try {
            Path scratch = Files.createTempDirectory("melt");
            try {
                HostProcess.Ended ended = new HostProcess(
                                List.of(program.path().toString(), "--version"),
                                bundle.environmentIn(bundle.hostFolder().toString()),
                                scratch,
                                deadline)
                        .run();
                return version(ended.output());
            } finally {
                Files.deleteIfExists(scratch);
            }
        } catch (IOException e) {
            throw FileProblems.of(program.path(), e);
        }
    }

    /** A build outside of version control says {@code 0 (unknown)}: that is no version. */
    static Optional<String> version(String output) {
        Matcher matcher = FORM.matcher(output);
        if (!matcher.find() || matcher.group(1).equals("0")) {
            return Optional.empty();
        }
        boolean numberOfABuild = matcher.group(1).matches("[0-9]+") && matcher.group(2) != null;
        return Optional.of((numberOfABuild ? "b" : "") + matcher.group(1));
    }
}
