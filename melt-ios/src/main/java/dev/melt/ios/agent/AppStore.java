package dev.melt.ios.agent;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.TransferListener;
import dev.melt.ios.link.PhoneFiles;
import dev.melt.ios.link.PhonePush;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The models on a phone: brought once, hashed there by the app, and known by that hash. */
final class AppStore {
    private static final int MARK = 256;

    /** To be launched and to begin. */
    private static final Duration SEAL_AT_LEAST = Duration.ofSeconds(30);

    /** As slowly as an old phone reads its flash. */
    private static final long HASHED_PER_SECOND = 50L << 20;

    private final PhoneFiles files;
    private final AppLife life;

    AppStore(PhoneFiles files, AppLife life) {
        this.files = files;
        this.life = life;
    }

    /** Brings a file unless it is there; its path as a trial sees it. */
    String store(Path file, String sha256, TransferListener listener) {
        String name = String.valueOf(file.getFileName());
        String stored = AppFolder.stored(sha256, name);
        long size = size(file);
        if (isSealed(stored, size)) {
            listener.transferred(size, size);
            renewMark(stored, size);
            return AppFolder.fromTrial(sha256, name);
        }
        if (life.saying().isEmpty()) {
            life.launch(AppJob.hello()); // before gigabytes are brought for an app that does not start
        }
        new PhonePush(files).push(file, stored, listener);
        seal(stored, sha256, name, size);
        return AppFolder.fromTrial(sha256, name);
    }

    private void seal(String stored, String sha256, String name, long size) {
        files.with(afc -> {
            afc.remove(stored + ".bad");
            return true;
        });
        life.launch(AppJob.seal(sha256, name));
        Duration patience = SEAL_AT_LEAST.plusSeconds(size / HASHED_PER_SECOND);
        boolean sealed = AppLife.await(patience, () -> verdict(stored, size))
                .orElseThrow(() -> new ProtocolViolation(
                        "[" + files.link().label() + "] the app did not hash " + name + " within "
                                + patience.toSeconds() + " s",
                        null));
        if (!sealed) { // the app removed it, so that the next try brings all of it again
            throw new LinkLost(
                    "[" + files.link().label() + "] what arrived of " + name
                            + " is not what was sent, its sha256 is another",
                    null);
        }
    }

    private Optional<Boolean> verdict(String stored, long size) {
        if (isSealed(stored, size)) {
            return Optional.of(true);
        }
        return files.with(afc -> afc.info(stored + ".bad")).map(bad -> false);
    }

    /** Whether it has a mark for its size, and has not been written since. */
    private boolean isSealed(String stored, long size) {
        return files.with(afc -> {
            Optional<String> mark = afc.text(stored + ".ok", MARK);
            return mark.isPresent()
                    && mark.get().lines().findFirst().orElse("").equals(Long.toString(size))
                    && afc.info(stored).filter(info -> info.bytes() == size).isPresent();
        });
    }

    private void renewMark(String stored, long size) {
        files.with(afc -> {
            afc.write(stored + ".ok", size + "\n" + Instant.now().getEpochSecond() + "\n");
            return true;
        });
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
