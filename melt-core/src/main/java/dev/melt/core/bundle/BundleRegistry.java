package dev.melt.core.bundle;

import dev.melt.core.engine.Bundles;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.PartFile;
import dev.melt.core.file.Sha256;
import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bundles of one MELT home: {@code bundles/SHA256/manifest.json} and {@code bundles/SHA256/files/}. A bundle appears
 * there whole or not at all, whenever MELT is killed. Holds no state; processes may share the folder, and one at a time
 * writes.
 */
public final class BundleRegistry {
    private static final String ADDING = ".adding-";
    private static final String REMOVING = ".removing-";

    private final Path root;

    /** What is there: the bundles by name, and the complaint about each folder that is none. */
    public record Listing(List<DescribedBundle> bundles, List<Problem> faults) {
        public Listing {
            bundles = List.copyOf(bundles);
            faults = List.copyOf(faults);
        }
    }

    /** A bundle in the store, and whether it was there before. */
    public record Added(DescribedBundle bundle, boolean wasThere) {}

    /** @param root {@code MELT_HOME/bundles}, which need not exist yet */
    public BundleRegistry(Path root) {
        this.root = root;
    }

    /** What engines may choose from; folders that are damaged are passed over, {@link #list} tells of them. */
    public Bundles bundles() {
        return new Bundles(
                list().bundles().stream().map(DescribedBundle::bundle).toList(), Optional.empty());
    }

    /** Reads every manifest; hashes nothing. */
    public Listing list() {
        List<DescribedBundle> bundles = new ArrayList<>();
        List<Problem> faults = new ArrayList<>();
        for (Path folder : folders()) {
            manifest(folder).ifPresentOrElse(known -> bundles.add(known.in(folder)), () -> faults.add(damaged(folder)));
        }
        bundles.sort(Comparator.comparing((DescribedBundle b) -> b.bundle().name())
                .thenComparing(b -> b.bundle().sha256()));
        return new Listing(bundles, faults);
    }

    /** The one that a person means by its name or the beginning of its hash. */
    public DescribedBundle named(String nameOrHash) {
        String sha256 = bundles().named(nameOrHash).sha256();
        return list().bundles().stream()
                .filter(described -> described.bundle().sha256().equals(sha256))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(damaged(root.resolve(sha256))));
    }

    /**
     * Takes a copy of a bundle. One that is there already is not copied again; its name and notes become those that are
     * given now.
     *
     * @throws InvalidInputException when another bundle has the name, or the disk is too full
     */
    public Added add(DescribedBundle described, ByteProgress progress) {
        return RegistryLock.holding(root, () -> {
            sweep();
            refuseTakenName(described);
            Path target = root.resolve(described.bundle().sha256());
            BundleManifest manifest = BundleManifest.of(described);
            boolean there = manifest(target).isPresent();
            if (there) {
                replace(target.resolve(BundleManifest.FILE), manifest.json());
            } else {
                discard(target); // what is there has no manifest that could be read
                Path staging = Files.createTempDirectory(root, ADDING);
                new BundleCopy(staging.resolve(BundleManifest.FOLDER), progress)
                        .copy(described.bundle().files());
                replace(staging.resolve(BundleManifest.FILE), manifest.json());
                Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Added(manifest.in(target), there);
        });
    }

    /** Removes a bundle; gives the bytes that its files had. */
    public long remove(DescribedBundle described) {
        return RegistryLock.holding(root, () -> {
            sweep();
            Path folder = root.resolve(described.bundle().sha256());
            Path doomed = root.resolve(REMOVING + described.bundle().sha256());
            Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
            return discard(doomed);
        });
    }

    private void refuseTakenName(DescribedBundle described) {
        String name = described.bundle().name();
        for (DescribedBundle other : list().bundles()) {
            if (other.bundle().name().equals(name)
                    && !other.bundle().sha256().equals(described.bundle().sha256())) {
                throw new InvalidInputException(
                        "bundle " + name,
                        "a free name expected",
                        "another build has it (" + other.bundle().sha256().substring(0, 12) + ")",
                        "give another with --name, or remove that one with: melt bundles remove " + name);
            }
        }
    }

    private List<Path> folders() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Sha256.isDigest(String.valueOf(entry.getFileName())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FileProblems.of(root, e);
        }
    }

    /** A manifest that tells of another bundle than its folder is called after is none. */
    private static Optional<BundleManifest> manifest(Path folder) {
        try {
            return BundleManifest.read(folder)
                    .filter(known -> known.sha256().equals(String.valueOf(folder.getFileName())));
        } catch (IOException e) {
            throw FileProblems.of(folder, e);
        }
    }

    private static Problem damaged(Path folder) {
        return new Problem(
                "bundle " + folder.getFileName(),
                "a manifest expected",
                "it is missing or damaged",
                "delete " + folder + " and add the bundle again");
    }

    /** Removes what a killed MELT left half made or half removed. */
    private void sweep() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(ADDING) || name.startsWith(REMOVING)) {
                    discard(entry);
                }
            }
        }
    }

    private static long discard(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
                Files.delete(path);
            }
        }
        return bytes;
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path draft = PartFile.partOf(file);
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
