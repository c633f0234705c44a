package dev.melt.virtual.ios.tls;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * The phone's side of one handshake, with the one suite that every host can. The host has to show a certificate that the phone knows;
 * that it has the key too is seen to by the library.
 */
final class PhoneTls extends DefaultTlsServer {
    private static final SignatureAndHashAlgorithm RSA_SHA256 =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa);

    private final Crypto crypto;
    private final TlsIdentity identity;

    PhoneTls(TlsIdentity identity) {
        this(new Crypto(), identity);
    }

    private PhoneTls(Crypto crypto, TlsIdentity identity) {
        super(crypto);
        this.crypto = crypto;
        this.identity = identity;
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
        return ProtocolVersion.TLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256};
    }

    /** A host may end the connection without a word of TLS. */
    @Override
    public boolean requiresCloseNotify() {
        return false;
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        TlsCertificate own = crypto.createCertificate(identity.certificate());
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                new Certificate(new TlsCertificate[] {own}),
                RSA_SHA256);
    }

    /** For a certificate with an RSA key, no matter who signed it. */
    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.rsa_sign}, TlsUtils.vectorOfOne(RSA_SHA256), null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        if (shown.isEmpty() || !identity.trusts(shown.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "a host that is not trusted");
        }
    }
}
