package dev.melt.jetson.ssh;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * The keys that an {@code ssh-agent} holds: asks it for signatures and never sees a private key (draft-miller-ssh-agent). A connection
 * a question.
 *
 * @param socket its Unix socket, as {@code SSH_AUTH_SOCK} names it
 */
record AgentKeys(Path socket) {
    private static final byte LIST = 11;
    private static final byte LISTED = 12;
    private static final byte SIGN = 13;
    private static final byte SIGNED = 14;
    private static final int RSA_SHA2_512 = 4;
    private static final int LONGEST = 1 << 18;

    /**
     * One key.
     *
     * @param base64 the public key as SSH writes it, and as files with public keys have it
     */
    record Key(String base64, String comment) {
        byte[] blob() {
            return Base64.getDecoder().decode(base64);
        }

        /** What kind of key it is, such as {@code ssh-ed25519}. */
        String type() throws IOException {
            return new Buffer.PlainBuffer(blob()).readString();
        }

        /** The name of the signatures that are asked for. */
        String algorithm() throws IOException {
            return type().equals("ssh-rsa") ? "rsa-sha2-512" : type();
        }
    }

    /** All of them; none where nobody answers. */
    List<Key> list() {
        try {
            Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(LIST), LISTED);
            List<Key> keys = new ArrayList<>();
            long count = answer.readUInt32();
            for (long i = 0; i < count; i++) {
                keys.add(new Key(Base64.getEncoder().encodeToString(answer.readBytes()), answer.readString()));
            }
            return keys;
        } catch (IOException noAgent) {
            return List.of();
        }
    }

    /** A signature as SSH writes it, of data with a key. */
    byte[] sign(Key key, byte[] data) throws IOException {
        Buffer.PlainBuffer request = new Buffer.PlainBuffer()
                .putByte(SIGN)
                .putString(key.blob())
                .putString(data)
                .putUInt32(key.type().equals("ssh-rsa") ? RSA_SHA2_512 : 0);
        return ask(request, SIGNED).readBytes();
    }

    private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, byte expected) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            byte[] body = request.getCompactData();
            ByteBuffer whole = ByteBuffer.allocate(4 + body.length)
                    .putInt(body.length)
                    .put(body)
                    .flip();
            while (whole.hasRemaining()) {
                channel.write(whole);
            }
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            int length = in.readInt();
            if (length < 1 || length > LONGEST) {
                throw new IOException("the agent answers with " + length + " bytes");
            }
            Buffer.PlainBuffer answer = new Buffer.PlainBuffer(in.readNBytes(length));
            if (answer.readByte() != expected) {
                throw new IOException("the agent refuses");
            }
            return answer;
        }
    }
}
