package dev.melt.virtual.ios.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.tls.TlsIdentity;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** The hosts that a phone trusts, a file each, and the phone's own key, made when it is first needed. Safe for several threads. */
public final class Trusted {
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final int KEY_BITS = 2048;

    private final Path folder;
    private @Nullable KeyPair keys;

    Trusted(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The phone's public key as lockdownd tells it. */
    public byte[] publicKeyPem() throws IOException {
        byte[] key = SubjectPublicKeyInfo.getInstance(keys().getPublic().getEncoded())
                .parsePublicKey()
                .toASN1Primitive()
                .getEncoded();
        StringWriter text = new StringWriter();
        try (PemWriter pem = new PemWriter(text)) {
            pem.writeObject(new PemObject("RSA PUBLIC KEY", key));
        }
        return text.toString().getBytes(US_ASCII);
    }

    /**
     * Trusts a host from now on.
     *
     * @param record what the host sent of its certificates
     * @return whether there was all that is needed
     */
    public synchronized boolean add(NSDictionary record) throws IOException {
        Optional<String> host =
                Plists.text(record, "HostID").filter(id -> HOST.matcher(id).matches());
        if (host.isEmpty() || identity(record).isEmpty()) {
            return false;
        }
        Files.write(file(host.get()), Plists.xml(record));
        return true;
    }

    /** Whether a host is trusted. */
    public synchronized boolean contains(String host) {
        return HOST.matcher(host).matches() && Files.exists(file(host));
    }

    /** Trusts a host no more; returns whether it did. */
    public synchronized boolean remove(String host) throws IOException {
        return contains(host) && Files.deleteIfExists(file(host));
    }

    /** Trusts nobody. */
    public synchronized void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".plist")).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What the phone shows to a host that it trusts, and what it asks of it. */
    public synchronized Optional<TlsIdentity> identity(String host) throws IOException {
        return contains(host) ? identity(Plists.parseDict(Files.readAllBytes(file(host)))) : Optional.empty();
    }

    private Optional<TlsIdentity> identity(NSDictionary record) throws IOException {
        try {
            return Optional.of(new TlsIdentity(
                    certificate(record, "DeviceCertificate"),
                    keys().getPrivate(),
                    // libimobiledevice shows the root's certificate, Apple's programs the host's
                    List.of(certificate(record, "HostCertificate"), certificate(record, "RootCertificate"))));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] certificate(NSDictionary record, String key) throws GeneralSecurityException {
        if (Plists.value(record, key).orElse(record) instanceof NSData data) {
            try (PemReader pem = new PemReader(new StringReader(new String(data.bytes(), US_ASCII)))) {
                PemObject found = pem.readPemObject();
                if (found != null) {
                    return found.getContent();
                }
            } catch (IOException | DecoderException e) {
                throw new GeneralSecurityException(key + " is no PEM", e);
            }
        }
        throw new GeneralSecurityException(key + " is missing");
    }

    private synchronized KeyPair keys() throws IOException {
        KeyPair known = keys;
        if (known == null) {
            try {
                known = Files.exists(keyFile()) ? read() : make();
            } catch (GeneralSecurityException e) {
                throw new IOException("the phone's key", e);
            }
            keys = known;
        }
        return known;
    }

    private KeyPair make() throws GeneralSecurityException, IOException {
        KeyPair made = Spare.get();
        Files.write(keyFile(), made.getPrivate().getEncoded());
        return made;
    }

    /** One that all phones of this program are given which have none: to make one takes a while, and no secret hangs on it. */
    private static final class Spare {
        private static @Nullable KeyPair keys;

        private Spare() {}

        static synchronized KeyPair get() throws GeneralSecurityException {
            KeyPair known = keys;
            if (known == null) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                known = generator.generateKeyPair();
                keys = known;
            }
            return known;
        }
    }

    private KeyPair read() throws GeneralSecurityException, IOException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        PrivateKey secret = factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(keyFile())));
        RSAPrivateCrtKey parts = (RSAPrivateCrtKey) secret;
        return new KeyPair(
                factory.generatePublic(new RSAPublicKeySpec(parts.getModulus(), parts.getPublicExponent())), secret);
    }

    private Path keyFile() {
        return folder.resolve("device.key");
    }

    private Path file(String host) {
        return folder.resolve(host + ".plist");
    }
}
