package dev.melt.virtual.ios.service;

import java.io.IOException;

/** An operation on a file that cannot be done. */
final class AfcRefused extends IOException {
    private final AfcStatus status;

    AfcRefused(AfcStatus status) {
        super(status.name());
        this.status = status;
    }

    AfcStatus status() {
        return status;
    }
}
