package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dadb.AdbStream;
import dadb.AdbSyncStream;
import dadb.Dadb;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.remote.LinkWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ForwardingSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** The link that dadb makes, through the adb server: the server owns USB, keys and what else runs over the cable. */
final class DadbLink implements AdbLink {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** For opening a service; afterwards silence is {@link dev.melt.core.remote.LinkWatch}'s to judge. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final int READABLE = 0644;

    private final AdbServer server;
    private final String serial;
    private @Nullable Dadb connection;

    DadbLink(AdbServer server, String serial) {
        this.server = server;
        this.serial = requireNonNull(serial, "serial");
    }

    @Override
    public String serial() {
        return serial;
    }

    @Override
    public AdbWire open(String service) {
        return new Wire(stream(service));
    }

    @Override
    public boolean has(String feature) {
        try {
            return connected().supportsFeature(feature);
        } catch (IOException e) {
            server.recall(serial);
            try {
                return connected().supportsFeature(feature);
            } catch (IOException again) {
                throw AdbFailure.opening(serial, "features", again);
            }
        }
    }

    @Override
    public boolean answers() {
        try {
            close(connected().open("sync:"));
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    @Override
    public void send(InputStream content, String target, LongConsumer done) throws IOException {
        AdbStream stream = stream("sync:");
        try (LinkWatch watch = watch(() -> close(stream), Optional.empty());
                AdbSyncStream sync = new AdbSyncStream(new Patient(stream, watch))) {
            Source counted = new ForwardingSource(Okio.source(content)) {
                private long sent;

                @Override
                public long read(Buffer sink, long most) throws IOException {
                    long n = super.read(sink, most);
                    sent += Math.max(0, n);
                    watch.alive();
                    done.accept(sent);
                    return n;
                }
            };
            watch.guard(() -> sync.send(counted, target, READABLE, System.currentTimeMillis()));
        }
    }

    @Override
    public void receive(String source, OutputStream into, LongConsumer done) throws IOException {
        AdbStream stream = stream("sync:");
        try (LinkWatch watch = watch(() -> close(stream), Optional.empty());
                AdbSyncStream sync = new AdbSyncStream(new Patient(stream, watch))) {
            ForwardingSink counted = new ForwardingSink(Okio.sink(into)) {
                private long received;

                @Override
                public void write(Buffer from, long count) throws IOException {
                    super.write(from, count);
                    received += count;
                    done.accept(received);
                }
            };
            watch.guard(() -> sync.recv(counted, source));
        }
    }

    private AdbStream stream(String service) {
        return opened(service, () -> connected().open(service));
    }

    /**
     * dadb writes eight kilobytes at a time, and the server makes a packet of whatever one read brings, which the device has to
     * acknowledge before the next. A socket of MELT's own takes pieces as large as they are given.
     */
    @Override
    public AdbWire openForBulk(String service) {
        return new SocketWire(opened(service, () -> server.openForBulk(serial, service, ANSWER)));
    }

    /** How a stream is opened. */
    private interface Opening<T> {
        T open() throws IOException;
    }

    /** Opening again is safe: nothing has happened on the device when it fails. */
    private <T> T opened(String service, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            RuntimeException failure = AdbFailure.opening(serial, service, e);
            if (!(failure instanceof Unreachable)) {
                throw failure;
            }
            server.recall(serial);
            try {
                return opening.open();
            } catch (IOException again) {
                throw AdbFailure.opening(serial, service, again);
            }
        }
    }

    /** Asks for the device's features once; throws what Kotlin does not declare. */
    private synchronized Dadb connected() throws IOException {
        if (connection == null) {
            connection = dadb.adbserver.AdbServer.createDadb(
                    server.address().host(),
                    server.address().port(),
                    "host:transport:" + serial,
                    (int) CONNECT.toMillis(),
                    (int) ANSWER.toMillis());
        }
        return connection;
    }

    /** The one place that knows that dadb's streams, being {@link AutoCloseable}, declare more than they throw. */
    private static void close(AdbStream stream) {
        try {
            stream.close();
        } catch (Exception unlikely) {
            throw new IllegalStateException("a socket can be closed", unlikely);
        }
    }

    /** A stream whose reads outlast the time for opening. */
    private static final class Patient implements AdbStream {
        private final AdbStream stream;
        private final BufferedSource source;

        Patient(AdbStream stream, LinkWatch watch) {
            this.stream = stream;
            this.source = Okio.buffer(new ForwardingSource(stream.getSource()) {
                @Override
                public long read(Buffer sink, long most) throws IOException {
                    while (true) {
                        try {
                            long n = super.read(sink, most);
                            watch.alive();
                            return n;
                        } catch (SocketTimeoutException quiet) {
                            watch.check();
                        }
                    }
                }
            });
        }

        @Override
        public BufferedSource getSource() {
            return source;
        }

        @Override
        public BufferedSink getSink() {
            return stream.getSink();
        }

        @Override
        public void close() {
            DadbLink.close(stream);
        }
    }

    /** The stream as MELT sees it. */
    private record Wire(AdbStream stream) implements AdbWire {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (true) {
                try {
                    return stream.getSource().read(into, offset, length);
                } catch (SocketTimeoutException quiet) {
                    // silence is judged elsewhere
                }
            }
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            stream.getSink().write(from, offset, length).flush();
        }

        @Override
        public void close() {
            DadbLink.close(stream);
        }
    }
}
