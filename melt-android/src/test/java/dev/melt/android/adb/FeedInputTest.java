package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedInputTest {
    private static final byte[] HEAD = {7};

    @TempDir
    Path folder;

    @Test
    void bytesComeInPiecesWithAHeadEach() throws IOException {
        Kept kept = new Kept();
        FeedInput input = FeedInput.of(new byte[] {1, 2, 3});
        for (int n = input.next(2); n > 0; n = input.next(2)) {
            input.write(kept, HEAD, n);
        }
        assertThat(kept.bytes.toByteArray()).containsExactly(7, 1, 2, 7, 3);
    }

    @Test
    void aFileIsSentFromAPlaceOnThroughASocketAndThroughAnythingElse() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        byte[] rest = Arrays.copyOfRange(content, 1_000_000, content.length);
        Path file = Files.write(folder.resolve("file"), content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel peer = server.accept()) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> all(peer));
            send(FeedInput.of(channel, 1_000_000), new SocketWire(client));
            client.shutdownOutput();
            Kept kept = new Kept();
            send(FeedInput.of(channel, 1_000_000), kept);

            assertThat(received.join()).isEqualTo(rest);
            assertThat(kept.bytes.toByteArray()).isEqualTo(rest);
        }
    }

    @Test
    void aFileThatBecameShorterIsNotAnEndOfTheLink() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FeedInput input = FeedInput.of(channel, 0);
            int length = input.next(1000);
            channel.truncate(10);
            assertThatThrownBy(() -> input.write(new Kept(), HEAD, length))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("shorter");
        }
    }

    private static void send(FeedInput input, AdbWire wire) throws IOException {
        for (int n = input.next(700_000); n > 0; n = input.next(700_000)) {
            input.write(wire, new byte[0], n);
        }
    }

    private static byte[] all(SocketChannel peer) {
        try {
            return peer.socket().getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What was written. */
    private static final class Kept implements AdbWire {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public int read(byte[] into, int offset, int length) {
            return -1;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
