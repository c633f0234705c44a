package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder {@code melt} that app and host share, as the app writes into it: not at all once it was ended. */
final class AppFolder {
    private final Path root;
    private final WriteGate gate;

    /**
     * Makes the folder where there is none.
     *
     * @param documents the app's {@code Documents}
     */
    AppFolder(Path documents, WriteGate gate) throws IOException {
        this.root = documents.resolve("melt");
        this.gate = gate;
        Files.createDirectories(root);
    }

    Path root() {
        return root;
    }

    WriteGate gate() {
        return gate;
    }

    Path stored(AppJob.Seal seal) {
        return root.resolve("store").resolve(seal.sha256()).resolve(seal.name());
    }

    /** A trial's folder, there after the call. */
    Path trial(String id) throws IOException {
        Path folder = root.resolve("trials").resolve(id);
        gate.pass(() -> Files.createDirectories(folder));
        if (!holds(folder)) {
            throw new IOException("trials/" + id + " leads out of the app's folder");
        }
        return folder;
    }

    /** Whether a path stays in this folder, with every link on the way followed. */
    boolean holds(Path path) throws IOException {
        Path normal = path.toAbsolutePath().normalize();
        if (!normal.startsWith(root.toAbsolutePath().normalize())) {
            return false;
        }
        return !Files.exists(normal, LinkOption.NOFOLLOW_LINKS)
                || (Files.exists(normal) && normal.toRealPath().startsWith(root.toRealPath()));
    }

    /** Replaces a text as a whole: who reads it meanwhile sees the old or the new one. */
    void replace(Path file, String text) throws IOException {
        gate.pass(() -> {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    void remove(Path file) throws IOException {
        gate.pass(() -> Files.deleteIfExists(file));
    }

    /** A file that grows by whole texts. */
    Growing grow(Path file) throws IOException {
        return new Growing(gate.pass(() -> Files.newOutputStream(file)));
    }

    /** An open file of the app. */
    final class Growing implements AutoCloseable {
        private final OutputStream stream;

        private Growing(OutputStream stream) {
            this.stream = stream;
        }

        void add(byte[] text) throws IOException {
            gate.pass(() -> {
                stream.write(text);
                return text.length;
            });
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
