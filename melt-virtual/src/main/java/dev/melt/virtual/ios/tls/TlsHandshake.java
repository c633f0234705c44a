package dev.melt.virtual.ios.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;

/**
 * A handshake of TLS 1.2 on the phone's side, with the one suite that every host can: ECDHE-RSA-AES128-GCM-SHA256. The host has to
 * show a certificate and to prove that it has the key. Used once.
 */
final class TlsHandshake {
    private static final short SUITE = (short) 0xc02f;
    private static final short RSA_SHA256 = 0x0401;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int SERVER_KEY = 12;
    private static final int CERTIFICATE_REQUEST = 13;
    private static final int HELLO_DONE = 14;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int CLIENT_KEY = 16;
    private static final int FINISHED = 20;
    private static final int RANDOM = 32;
    private static final byte FATAL = 2;
    private static final byte HANDSHAKE_FAILURE = 40;
    private static final byte BAD_CERTIFICATE = 42;

    private final TlsRecords records;
    private final TlsIdentity identity;
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private ByteBuffer pending = ByteBuffer.allocate(0);

    TlsHandshake(TlsRecords records, TlsIdentity identity) {
        this.records = records;
        this.identity = identity;
    }

    /** Leaves the records sealed in both directions. */
    void run() throws IOException {
        try {
            shake();
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw refused(HANDSHAKE_FAILURE, "a handshake that cannot be followed: " + e.getMessage());
        }
    }

    private void shake() throws IOException, GeneralSecurityException {
        byte[] clientRandom = hello(message(CLIENT_HELLO));
        byte[] serverRandom = new byte[RANDOM];
        new SecureRandom().nextBytes(serverRandom);
        TlsAgreement agreement = new TlsAgreement();
        answer(clientRandom, serverRandom, agreement);

        byte[] certificate = certificate(message(CERTIFICATE));
        if (!identity.trusts(certificate)) {
            throw refused(BAD_CERTIFICATE, "a host that is not trusted");
        }
        ByteBuffer point = message(CLIENT_KEY);
        byte[] agreed = agreement.agree(bytes(point, point.get() & 0xff));
        byte[] before = transcript.toByteArray();
        verify(Der.publicKey(certificate), before, message(CERTIFICATE_VERIFY));
        TlsSecrets secrets = new TlsSecrets(agreed, clientRandom, serverRandom);
        finish(secrets);
    }

    private static byte[] hello(ByteBuffer hello) throws GeneralSecurityException {
        hello.getShort();
        byte[] random = bytes(hello, RANDOM);
        bytes(hello, hello.get() & 0xff);
        ByteBuffer suites = ByteBuffer.wrap(bytes(hello, hello.getShort() & 0xffff));
        while (suites.hasRemaining()) {
            if (suites.getShort() == SUITE) {
                return random;
            }
        }
        throw new GeneralSecurityException("no common suite");
    }

    private void answer(byte[] clientRandom, byte[] serverRandom, TlsAgreement agreement)
            throws IOException, GeneralSecurityException {
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        // no session, no compression; RFC 5746 is what clients insist on
        add(
                flight,
                SERVER_HELLO,
                ByteBuffer.allocate(2 + RANDOM + 1 + 2 + 1 + 2 + 5)
                        .putShort(TlsRecords.VERSION)
                        .put(serverRandom)
                        .put((byte) 0)
                        .putShort(SUITE)
                        .put((byte) 0)
                        .putShort((short) 5)
                        .put(new byte[] {(byte) 0xff, 0x01, 0, 1, 0})
                        .array());
        byte[] own = identity.certificate();
        ByteBuffer chain = ByteBuffer.allocate(6 + own.length);
        put24(chain, own.length + 3);
        put24(chain, own.length);
        add(flight, CERTIFICATE, chain.put(own).array());
        byte[] parameters = agreement.parameters();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(identity.key());
        signature.update(clientRandom);
        signature.update(serverRandom);
        signature.update(parameters);
        byte[] signed = signature.sign();
        add(
                flight,
                SERVER_KEY,
                ByteBuffer.allocate(parameters.length + 4 + signed.length)
                        .put(parameters)
                        .putShort(RSA_SHA256)
                        .putShort((short) signed.length)
                        .put(signed)
                        .array());
        // a certificate with an RSA key, no matter who signed it
        add(flight, CERTIFICATE_REQUEST, new byte[] {1, 1, 0, 2, RSA_SHA256 >> 8, RSA_SHA256 & 0xff, 0, 0});
        add(flight, HELLO_DONE, new byte[0]);
        records.write(TlsRecords.HANDSHAKE, flight.toByteArray());
    }

    private byte[] certificate(ByteBuffer message) throws IOException {
        int all = get24(message);
        if (all == 0) {
            throw refused(BAD_CERTIFICATE, "a host without certificate");
        }
        return bytes(message, get24(message));
    }

    private void verify(PublicKey key, byte[] signed, ByteBuffer message) throws IOException, GeneralSecurityException {
        boolean known = message.getShort() == RSA_SHA256;
        byte[] proof = bytes(message, message.getShort() & 0xffff);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(signed);
        if (!known || !signature.verify(proof)) {
            throw refused(BAD_CERTIFICATE, "a host that does not have the key of its certificate");
        }
    }

    private void finish(TlsSecrets secrets) throws IOException, GeneralSecurityException {
        if (piece().type() != TlsRecords.CHANGE_CIPHER) {
            throw new GeneralSecurityException("no change of cipher");
        }
        records.readWith(secrets.client());
        byte[] expected = secrets.finished("client finished", transcript.toByteArray());
        ByteBuffer told = message(FINISHED);
        if (!Arrays.equals(expected, bytes(told, told.remaining()))) {
            throw new GeneralSecurityException("another transcript");
        }
        records.write(TlsRecords.CHANGE_CIPHER, (byte) 1);
        records.writeWith(secrets.server());
        ByteArrayOutputStream last = new ByteArrayOutputStream();
        add(last, FINISHED, secrets.finished("server finished", transcript.toByteArray()));
        records.write(TlsRecords.HANDSHAKE, last.toByteArray());
    }

    /** The next message, which may stand in several records, as several may in one. */
    private ByteBuffer message(int wanted) throws IOException, GeneralSecurityException {
        while (pending.remaining() < 4 || pending.remaining() < 4 + (pending.getInt(pending.position()) & 0xffffff)) {
            TlsRecords.Piece piece = piece();
            if (piece.type() != TlsRecords.HANDSHAKE) {
                throw new GeneralSecurityException("a record of type " + piece.type() + " within the handshake");
            }
            pending = ByteBuffer.allocate(pending.remaining() + piece.content().remaining())
                    .put(pending)
                    .put(piece.content())
                    .flip();
        }
        byte[] whole = bytes(pending, 4 + (pending.getInt(pending.position()) & 0xffffff));
        transcript.writeBytes(whole);
        if (whole[0] != wanted) {
            throw new GeneralSecurityException("message " + whole[0] + " instead of " + wanted);
        }
        return ByteBuffer.wrap(whole, 4, whole.length - 4).slice();
    }

    private TlsRecords.Piece piece() throws IOException {
        return records.read().orElseThrow(() -> new IOException("the host hung up within the handshake"));
    }

    private void add(ByteArrayOutputStream flight, int type, byte[] content) {
        ByteBuffer message = ByteBuffer.allocate(4 + content.length).put((byte) type);
        put24(message, content.length);
        byte[] whole = message.put(content).array();
        transcript.writeBytes(whole);
        flight.writeBytes(whole);
    }

    private IOException refused(byte alert, String why) throws IOException {
        records.write(TlsRecords.ALERT, FATAL, alert);
        return new IOException(why);
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static void put24(ByteBuffer to, int value) {
        to.put((byte) (value >> 16)).putShort((short) value);
    }

    private static int get24(ByteBuffer from) {
        return (from.get() & 0xff) << 16 | (from.getShort() & 0xffff);
    }
}
