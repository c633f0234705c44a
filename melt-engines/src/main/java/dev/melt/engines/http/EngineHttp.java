package dev.melt.engines.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one server on a device, one request at a time over a connection that is kept. Proxies of the host are passed by. An
 * answer of any status is a value; an {@link IOException} means that there was none.
 */
public final class EngineHttp {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int WARM_UPS = 10;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();

    private final URI server;
    private final String cheapPath;

    /**
     * For the server at {@code http://HOST:PORT}.
     *
     * @param cheapPath what can be got at any time and costs the server nothing
     */
    public EngineHttp(URI server, String cheapPath) {
        this.server = server;
        this.cheapPath = cheapPath;
    }

    public HttpAnswer get(String path, Duration deadline) throws IOException, InterruptedException {
        return whole(request(path).GET().build(), deadline);
    }

    public HttpAnswer post(String path, String json, Duration deadline) throws IOException, InterruptedException {
        freshConnection(deadline);
        return whole(posting(path, json), deadline);
    }

    /**
     * A server may close a connection that is kept, above all after a streamed answer. That is noticed with the next request; one
     * that only gets is sent once more by itself, one that posts is not.
     */
    private void freshConnection(Duration deadline) throws IOException, InterruptedException {
        get(cheapPath, deadline);
    }

    /**
     * Takes the way of a streamed answer a few times: the first answers of a young Java machine are stamped milliseconds late.
     */
    public void warmUp(Duration deadline) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            answer(request(cheapPath).GET().build(), BodyHandlers.fromLineSubscriber(new LineRecorder()), deadline);
        }
    }

    /** Posts, and stamps each line of the answer as it comes. */
    public StreamedAnswer stream(String path, String json, Duration deadline) throws IOException, InterruptedException {
        freshConnection(deadline);
        LineRecorder recorder = new LineRecorder();
        HttpRequest request = posting(path, json);
        long asked = System.nanoTime();
        HttpResponse<Void> response = answer(request, BodyHandlers.fromLineSubscriber(recorder), deadline);
        return new StreamedAnswer(response.statusCode(), asked, recorder.lines());
    }

    private HttpAnswer whole(HttpRequest request, Duration deadline) throws IOException, InterruptedException {
        HttpResponse<String> response = answer(request, BodyHandlers.ofString(StandardCharsets.UTF_8), deadline);
        return new HttpAnswer(response.statusCode(), response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }

    private HttpRequest posting(String path, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    /** The request's own timeout would end with the answer's first line. */
    private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> handler, Duration deadline)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(request.uri() + ": no whole answer in " + deadline.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw broken(request, e);
        } finally {
            answer.cancel(true);
        }
    }

    private static IOException broken(HttpRequest request, ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof UncheckedIOException wrapped) {
            cause = wrapped.getCause();
        }
        return cause instanceof IOException io
                ? new IOException(request.uri() + ": " + io, io)
                : new IOException(request.uri() + ": " + e.getCause(), e);
    }
}
