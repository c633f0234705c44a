package dev.melt.engines.http;

import static java.util.Objects.requireNonNull;

/** What a server answered, whole. */
public record HttpAnswer(int status, String body) {
    public HttpAnswer {
        requireNonNull(body, "body");
    }

    public boolean succeeded() {
        return status == 200;
    }
}
