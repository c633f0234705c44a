package dev.melt.core.model.pull;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.PartFile;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The attempts to bring one file, which share a part. An {@link IOException} means that another attempt may do it. */
final class Transfer {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429, 500, 502, 503, 504);

    private final HttpFetch http;
    private final ModelPull.Request request;
    private final PartFile part;
    private final Duration stall;
    private final ByteProgress progress;

    Transfer(HttpFetch http, ModelPull.Request request, PartFile part, Duration stall, ByteProgress progress) {
        this.http = http;
        this.request = request;
        this.part = part;
        this.stall = stall;
        this.progress = progress;
    }

    /** What has come so far. */
    long bytes() {
        return part.size();
    }

    /**
     * Asks for what is missing and takes it; returns the SHA-256 that the server claims.
     *
     * @param endNanos when to give up, by {@link System#nanoTime()}
     */
    Optional<String> attempt(long endNanos) throws IOException, InterruptedException {
        Optional<String> tag = resumable();
        Answer answer = http.get(request.address(), part.size(), tag);
        try (InputStream body = answer.body()) {
            switch (answer.status()) {
                case 200 -> {
                    part.truncate(0);
                    new PartNote(request.address().shown(), answer.strongTag()).write(request.target());
                    take(body, answer, endNanos);
                }
                case 206 -> {
                    requireSameContent(answer, tag);
                    take(body, answer, endNanos);
                }
                case 416 -> requireComplete(answer);
                default -> throw refusal(answer.status());
            }
        }
        return answer.digest();
    }

    /** Drops a part that nothing vouches for; returns the tag of the content that the rest must belong to. */
    private Optional<String> resumable() throws IOException {
        Optional<PartNote> note = PartNote.read(request.target())
                .filter(found -> found.address().equals(request.address().shown()));
        Optional<String> tag = note.flatMap(PartNote::entityTag);
        boolean checkedInTheEnd = note.isPresent() && request.sha256().isPresent();
        if (tag.isEmpty() && !checkedInTheEnd) {
            part.truncate(0);
        }
        return tag;
    }

    private void requireSameContent(Answer answer, Optional<String> tag) throws IOException {
        boolean sameTag = tag.isEmpty() || answer.strongTag().isEmpty() || tag.equals(answer.strongTag());
        if (!sameTag || answer.rangeStart().orElse(-1) != part.size()) {
            part.truncate(0);
            throw new IOException("the file on the server changed");
        }
    }

    private void requireComplete(Answer answer) throws IOException {
        if (part.size() == 0 || answer.rangeTotal().orElse(-1) != part.size()) {
            part.truncate(0);
            throw new IOException("the file on the server changed");
        }
    }

    private void take(InputStream body, Answer answer, long endNanos) throws IOException {
        long missing = answer.contentLength().orElse(0);
        long total = missing == 0 ? 0 : part.size() + missing;
        part.reserve(missing);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try (StallGuard guard = new StallGuard(body, stall)) {
            for (int read = body.read(chunk.array()); read >= 0; read = body.read(chunk.array())) {
                guard.moved();
                part.write(chunk.position(0).limit(read));
                progress.at(part.size(), total);
                if (System.nanoTime() - endNanos > 0) {
                    throw new IOException("the deadline passed");
                }
            }
        }
        if (total > 0 && part.size() != total) {
            throw new IOException("the connection closed after " + part.size() + " of " + total + " bytes");
        }
    }

    private InvalidInputException refused(int status) {
        String subject = request.address().shown();
        return switch (status) {
            case 401, 403 ->
                new InvalidInputException(
                        subject,
                        "permission needed",
                        "the server answered " + status,
                        "accept the model's terms on its page and set HF_TOKEN");
            case 404, 410 ->
                new InvalidInputException(
                        subject, "a file expected", "the server answered " + status, "check the address");
            default ->
                new InvalidInputException(
                        subject, "the file expected", "the server answered " + status, "try again later");
        };
    }

    private IOException refusal(int status) {
        if (MAY_PASS.contains(status)) {
            return new IOException("the server answered " + status);
        }
        throw refused(status);
    }
}
