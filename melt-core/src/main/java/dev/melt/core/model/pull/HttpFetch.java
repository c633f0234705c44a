package dev.melt.core.model.pull;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Asks for a file and follows redirects by itself, because a token must not travel to another host. Safe for threads. */
final class HttpFetch {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration HEADERS = Duration.ofSeconds(60);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 8;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * Asks for everything from {@code from} on.
     *
     * @param entityTag the content that earlier bytes belong to; another one is sent whole
     */
    Answer get(ModelAddress address, long from, Optional<String> entityTag) throws IOException, InterruptedException {
        URI at = address.uri();
        Optional<String> digest = Optional.empty();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse<InputStream> response =
                    client.send(request(address, at, from, entityTag), HttpResponse.BodyHandlers.ofInputStream());
            digest = digest.or(
                    () -> response.headers().firstValue("X-Linked-Etag").flatMap(Answer::digestIn));
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return new Answer(response, digest);
            }
            response.body().close();
            at = ModelAddress.redirect(at, location.get());
        }
        throw new InvalidInputException(
                address.shown(),
                "at most " + MOST_REDIRECTS + " redirects expected",
                "more found",
                "check the address");
    }

    private static HttpRequest request(ModelAddress address, URI at, long from, Optional<String> entityTag) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .timeout(HEADERS)
                .header("User-Agent", "melt")
                .header("Accept-Encoding", "identity");
        address.tokenFor(at).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
            entityTag.ifPresent(tag -> request.header("If-Range", tag));
        }
        return request.build();
    }
}
