package dev.melt.virtual.ios.tls;

import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.bouncycastle.tls.TlsServerProtocol;

/**
 * A connection inside TLS. It ends for the reader when the host says so, which is answered; the connection below it is then as it was
 * before.
 */
public final class TlsWire implements Wire {
    private final Wire plain;
    private final Protocol protocol;

    private TlsWire(Wire plain, Protocol protocol) {
        this.plain = plain;
        this.protocol = protocol;
    }

    /**
     * Does the handshake with a host that begins one.
     *
     * @throws IOException when it fails: the host is not one that is trusted, or what it sent is no TLS
     */
    public static TlsWire accept(Wire plain, TlsIdentity identity) throws IOException {
        Protocol protocol = new Protocol(plain);
        protocol.accept(new PhoneTls(identity));
        return new TlsWire(plain, protocol);
    }

    @Override
    public InputStream in() {
        return protocol.getInputStream();
    }

    @Override
    public OutputStream out() {
        return protocol.getOutputStream();
    }

    @Override
    public void finish() {
        plain.finish();
    }

    /** Closes the connection below it too. */
    @Override
    public void close() {
        plain.close();
    }

    private static final class Protocol extends TlsServerProtocol {
        Protocol(Wire plain) {
            super(plain.in(), plain.out());
        }

        @Override
        protected void closeConnection() {
            // the connection below goes on in the open
        }
    }
}
