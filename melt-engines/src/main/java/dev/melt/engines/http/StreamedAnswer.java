package dev.melt.engines.http;

import java.util.List;

/**
 * What a server answered line by line: server-sent events, or the words of a refusal.
 *
 * @param status of HTTP
 * @param askedNanos {@code System.nanoTime()} when the request was handed over
 */
public record StreamedAnswer(int status, long askedNanos, List<StampedLine> lines) {
    public StreamedAnswer {
        lines = List.copyOf(lines);
    }

    public boolean succeeded() {
        return status == 200;
    }

    /** The lines that carry data, without the one that some servers end with. */
    public List<StampedLine> data() {
        return lines.stream()
                .filter(StampedLine::isData)
                .filter(line -> !line.data().equals("[DONE]"))
                .toList();
    }

    /** All lines as they came. */
    public String text() {
        return String.join("\n", lines.stream().map(StampedLine::text).toList());
    }
}
