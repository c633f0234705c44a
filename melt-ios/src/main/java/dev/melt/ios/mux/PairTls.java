package dev.melt.ios.mux;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS to a phone by the keys of a pairing: the phone has to show the very certificate that it was paired with. */
final class PairTls {
    private static final String ALIAS = "host";

    private PairTls() {}

    /** The same stream, encrypted; the handshake is done when this returns. */
    static MuxSocket over(MuxSocket plain, PairRecord record) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new HostKey(record)}, new TrustManager[] {new OneDevice(record)}, null);
            Socket below = new StreamSocket(plain);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(below, "", 0, true);
            socket.setUseClientMode(true);
            socket.startHandshake();
            return new MuxSocket(plain.label(), socket.getInputStream(), socket.getOutputStream(), plain.end());
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS with the keys of this pairing", e);
        }
    }

    /** What this host shows. */
    private static final class HostKey extends X509ExtendedKeyManager {
        private final PairRecord record;

        HostKey(PairRecord record) {
            this.record = record;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {record.hostCertificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return record.hostKey();
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    /** What the phone has to show. */
    private static final class OneDevice extends X509ExtendedTrustManager {
        private final PairRecord record;

        OneDevice(PairRecord record) {
            this.record = record;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            byte[] known = record.deviceCertificate().getPublicKey().getEncoded();
            if (chain.length == 0
                    || !Arrays.equals(known, chain[0].getPublicKey().getEncoded())) {
                throw new CertificateException("the phone shows another key than the one it was paired with");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a phone is no client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
