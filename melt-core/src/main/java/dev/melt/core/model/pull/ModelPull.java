package dev.melt.core.model.pull;

import static java.util.Objects.requireNonNull;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.PartFile;
import dev.melt.core.file.Sha256;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches one model file: goes on at the byte where it broke off, also after MELT was ended, until the file is whole or the
 * deadline passes. The file takes its name only after its digest, where one is known, and its header are right.
 */
public final class ModelPull {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final HttpFetch http = new HttpFetch();
    private final Pace pace;

    /**
     * How patient to be.
     *
     * @param firstPause before the second attempt; doubles up to 30 s as long as nothing comes
     * @param stall after which a connection that sends nothing is given up
     */
    public record Pace(Duration firstPause, Duration stall) {
        /** For people's networks. */
        public static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /**
     * What to fetch.
     *
     * @param target where the file goes, whole
     * @param sha256 that it must have; otherwise what the server claims is checked, if it claims any
     * @param deadline for the whole of it
     */
    public record Request(ModelAddress address, Path target, Optional<String> sha256, Duration deadline) {
        public Request {
            requireNonNull(address, "address");
            requireNonNull(target, "target");
            sha256.filter(digest -> !Sha256.isDigest(digest)).ifPresent(digest -> {
                throw new InvalidInputException(
                        "sha256", "64 lower-case hexadecimal digits expected", "'" + digest + "' found", "check it");
            });
        }
    }

    public ModelPull(Pace pace) {
        this.pace = pace;
    }

    /**
     * Fetches the file.
     *
     * @throws InvalidInputException when the server refuses, the content is not what it should be, or the disk is full
     * @throws PullFailedException when it did not come through before the deadline, or the thread was interrupted
     */
    public void pull(Request request, ByteProgress progress) {
        try (PartFile part = PartFile.open(request.target())) {
            Optional<String> claimed = fetch(request, part, progress);
            try {
                check(request, request.sha256().or(() -> claimed));
            } catch (InvalidInputException e) {
                drop(request, part); // it is whole and wrong: nothing to go on with
                throw e;
            }
            part.complete();
            PartNote.remove(request.target());
        } catch (IOException e) {
            throw failed(request, "the part could not be closed: " + e.getMessage(), e);
        }
    }

    private Optional<String> fetch(Request request, PartFile part, ByteProgress progress) throws IOException {
        try {
            return untilWhole(new Transfer(http, request, part, pace.stall(), progress), request);
        } catch (InvalidInputException e) {
            if (part.size() == 0) {
                drop(request, part);
            }
            throw e;
        }
    }

    private static void drop(Request request, PartFile part) throws IOException {
        part.discard();
        PartNote.remove(request.target());
    }

    private Optional<String> untilWhole(Transfer transfer, Request request) {
        long end = System.nanoTime() + request.deadline().toNanos();
        Duration pause = pace.firstPause();
        while (true) {
            long before = transfer.bytes();
            try {
                return transfer.attempt(end);
            } catch (IOException e) {
                if (transfer.bytes() > before) {
                    pause = pace.firstPause();
                }
                if (System.nanoTime() + pause.toNanos() - end > 0) {
                    throw failed(request, PartFile.bytes(transfer.bytes()) + " came, then: " + reason(e), e);
                }
                pause(request, pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } catch (InterruptedException e) {
                throw interrupted(request, e);
            }
        }
    }

    private static void pause(Request request, Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(request, e);
        }
    }

    private static void check(Request request, Optional<String> expected) throws IOException {
        Path file = PartFile.partOf(request.target());
        String found = expected.isPresent() ? Sha256.of(file, ByteProgress.NONE) : "";
        if (!found.equals(expected.orElse(""))) {
            throw new InvalidInputException(
                    request.address().shown(),
                    "sha256 " + expected.orElse("") + " expected",
                    found + " came",
                    "check the digest and the address, then pull again");
        }
        GgufFile.read(file);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static PullFailedException interrupted(Request request, InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed(request, "it was interrupted", e);
    }

    private static PullFailedException failed(Request request, String finding, Exception cause) {
        return new PullFailedException(
                new Problem(
                        request.address().shown(),
                        "the whole file within " + request.deadline().toSeconds() + " s expected",
                        finding,
                        "pull again: it goes on where it stopped"),
                cause);
    }
}
