package dev.melt.core.model.pull;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's final answer, after redirects.
 *
 * @param linkedDigest SHA-256 that an address on the way gave for the content
 */
record Answer(HttpResponse<InputStream> response, Optional<String> linkedDigest) {
    private static final Pattern DIGEST = Pattern.compile("\"?([0-9a-fA-F]{64})\"?");
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18})");

    int status() {
        return response.statusCode();
    }

    InputStream body() {
        return response.body();
    }

    /** The entity tag, if it is one that promises the same bytes. */
    Optional<String> strongTag() {
        return header("ETag").filter(tag -> tag.startsWith("\""));
    }

    /** The SHA-256 that the server claims. */
    Optional<String> digest() {
        return linkedDigest.or(() -> header("ETag").flatMap(Answer::digestIn));
    }

    OptionalLong contentLength() {
        return response.headers().firstValueAsLong("Content-Length");
    }

    /** Where the sent part begins, of a partial answer. */
    OptionalLong rangeStart() {
        return range(1);
    }

    /** Bytes of the whole, of a partial or refused range. */
    OptionalLong rangeTotal() {
        return range(2);
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    static Optional<String> digestIn(String tag) {
        Matcher matcher = DIGEST.matcher(tag);
        return matcher.matches() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private OptionalLong range(int group) {
        Matcher matcher = RANGE.matcher(header("Content-Range").orElse(""));
        return matcher.matches() && matcher.group(group) != null
                ? OptionalLong.of(Long.parseLong(matcher.group(group)))
                : OptionalLong.empty();
    }
}
