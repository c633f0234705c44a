package dev.melt.virtual.ios.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Sends the phone's log from now on, an entry each behind a zero. One thread serves it, another writes. */
record SyslogRelay(Iphone phone, Wire wire) {
    private static final int MOST_WAITING = 10_000;

    void run() throws IOException {
        BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        // where the host does not read, the phone forgets
        Consumer<String> listener = waiting::offer;
        Thread writer = new Thread(() -> write(waiting), "syslog relay");
        writer.setDaemon(true);
        writer.start();
        phone.syslog().add(listener);
        try {
            while (wire.in().read() >= 0) {
                // a host says nothing here until it hangs up
            }
        } finally {
            phone.syslog().remove(listener);
            writer.interrupt();
        }
    }

    private void write(BlockingQueue<String> waiting) {
        try {
            while (true) {
                wire.out().write((waiting.take() + "\n\0").getBytes(UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            wire.close();
        }
    }
}
