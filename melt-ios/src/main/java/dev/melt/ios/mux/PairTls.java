package dev.melt.ios.mux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * TLS to a phone by the keys of a pairing: the phone has to show the very certificate that it was paired with. The certificates of pairings
 * have neither subject nor issuer, which the JDK takes for damage; hence another library.
 */
final class PairTls extends DefaultTlsClient {
    private final Crypto crypto;
    private final PairRecord record;

    private PairTls(Crypto crypto, PairRecord record) {
        super(crypto);
        this.crypto = crypto;
        this.record = record;
    }

    /** The same stream, encrypted; the handshake is done when this returns. */
    static MuxSocket over(MuxSocket plain, PairRecord record, InputStream in, OutputStream out) throws IOException {
        TlsClientProtocol protocol = new TlsClientProtocol(in, out);
        protocol.connect(new PairTls(new Crypto(), record));
        return new MuxSocket(plain.label(), protocol.getInputStream(), protocol.getOutputStream(), plain.end());
    }

    /** The JDK's algorithms, which are fast, and another reader of certificates. */
    private static final class Crypto extends JcaTlsCrypto {
        Crypto() {
            super(new Algorithms(), new SecureRandom(), new SecureRandom());
        }
    }

    private static final class Algorithms extends DefaultJcaJceHelper {
        private static final BouncyCastleProvider NAMELESS = new BouncyCastleProvider();

        @Override
        public CertificateFactory createCertificateFactory(String type) throws CertificateException {
            return CertificateFactory.getInstance(type, NAMELESS);
        }
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                Certificate chain = shown.getCertificate();
                if (chain.isEmpty()
                        || !Arrays.equals(chain.getCertificateAt(0).getEncoded(), record.deviceCertificate())) {
                    throw new TlsFatalAlert(
                            AlertDescription.bad_certificate,
                            "the phone shows another key than the one it was paired with");
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                TlsCertificate own = crypto.createCertificate(record.hostCertificate());
                return new JcaDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        crypto,
                        record.hostKey(),
                        new Certificate(new TlsCertificate[] {own}),
                        algorithm(request));
            }
        };
    }

    /** By RSA, and the first hash for it that the phone takes. */
    private static SignatureAndHashAlgorithm algorithm(CertificateRequest request) throws IOException {
        for (Object offered : request.getSupportedSignatureAlgorithms()) {
            SignatureAndHashAlgorithm algorithm = (SignatureAndHashAlgorithm) offered;
            if (algorithm.getSignature() == SignatureAlgorithm.rsa
                    || algorithm.getSignature() == SignatureAlgorithm.rsa_pss_rsae_sha256) {
                return algorithm;
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "the phone takes no signature by RSA");
    }
}
