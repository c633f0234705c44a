package dev.melt.core.model.pull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A file server on this machine that does, request by request, what it is told, and then serves well. */
final class TestingHub implements AutoCloseable {
    /** How one request is answered. */
    interface Answering {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Answering> script = new ArrayDeque<>();
    private final List<Map<String, List<String>>> requests = Collections.synchronizedList(new ArrayList<>());
    private byte[] content;
    private String tag = "\"one\"";

    TestingHub(byte[] content) {
        this.content = content;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    TestingHub then(Answering answering) {
        script.add(answering);
        return this;
    }

    /** Sends the first bytes of the whole file and hangs up. */
    TestingHub thenBreakAfter(int bytes) {
        return then((exchange, all) -> {
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all, 0, bytes);
            exchange.getResponseBody().flush();
        });
    }

    TestingHub thenStatus(int status) {
        return then((exchange, all) -> exchange.sendResponseHeaders(status, -1));
    }

    void change(byte[] newContent, String newTag) {
        content = newContent;
        tag = newTag;
    }

    List<Map<String, List<String>>> requests() {
        return requests;
    }

    Optional<String> header(int request, String name) {
        return Optional.ofNullable(requests.get(request).get(name)).map(values -> values.get(0));
    }

    void serveWell(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("ETag", tag);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        boolean partial = range != null && (condition == null || condition.equals(tag));
        int from = partial ? Integer.parseInt(range.substring(6, range.length() - 1)) : 0;
        if (partial) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(partial ? 206 : 200, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(Map.copyOf(exchange.getRequestHeaders()));
            Answering next = script.poll();
            if (next == null) {
                serveWell(exchange);
            } else {
                next.answer(exchange, content);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
