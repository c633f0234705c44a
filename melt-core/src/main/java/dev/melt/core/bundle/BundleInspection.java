package dev.melt.core.bundle;

import dev.melt.core.binary.BinaryReader;
import dev.melt.core.binary.FileContent;
import dev.melt.core.engine.Abi;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.home.FileProblems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files of a bundle are, and what speaks against them.
 *
 * @param contents by name, in the bundle's order
 * @param findings faults before notes
 */
public record BundleInspection(Map<String, FileContent> contents, List<BundleFinding> findings) {
    public BundleInspection {
        contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
        findings = List.copyOf(findings);
    }

    /** Reads the headers of all files and holds them against what the bundle says of itself. */
    public static BundleInspection of(DescribedBundle described) {
        Map<String, FileContent> contents = new LinkedHashMap<>();
        for (BundleFile file : described.bundle().files()) {
            try {
                contents.put(file.name(), BinaryReader.read(file.path()));
            } catch (IOException e) {
                throw FileProblems.of(file.path(), e);
            }
        }
        Abi abi = Abi.of(described.bundle().abi()).orElse(Abi.ANY);
        NeededLibraries needed = new NeededLibraries(abi, contents, described.expects());
        List<BundleFinding> findings = new ArrayList<>();
        for (BundleFile file : described.bundle().files()) {
            FileContent content = contents.getOrDefault(file.name(), new FileContent.Data());
            findings.addAll(new FileCheck(abi, file, content).findings());
            findings.addAll(needed.findings(file.name(), content));
        }
        if (described.bundle().files().stream().noneMatch(BundleFile::executable) && abi != Abi.JVM) {
            findings.add(BundleFinding.note("", "none of its files is marked executable"));
        }
        findings.sort((a, b) -> Boolean.compare(b.isFault(), a.isFault()));
        return new BundleInspection(contents, findings);
    }

    /** The same, with what a program says of its version held against what the bundle says. */
    public BundleInspection withVersion(Bundle bundle, Optional<VersionProbe.Answer> says) {
        Optional<BundleFinding> fault = says.filter(answer -> !VersionProbe.same(answer.version(), bundle.version()))
                .map(answer -> BundleFinding.fault(
                        answer.program(),
                        "says that its version is " + answer.version() + ", while bundle.yaml says " + bundle.version(),
                        "correct version in bundle.yaml"));
        List<BundleFinding> all = new ArrayList<>(fault.stream().toList());
        all.addAll(findings);
        return new BundleInspection(contents, all);
    }

    public List<BundleFinding> faults() {
        return findings.stream().filter(BundleFinding::isFault).toList();
    }
}
