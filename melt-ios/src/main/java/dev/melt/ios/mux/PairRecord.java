package dev.melt.ios.mux;

import static java.util.Objects.requireNonNull;

import com.dd.plist.NSDictionary;
import com.dd.plist.PropertyListParser;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * What a pairing left with this host: who it is to the phone, and the keys by which both know each other. Its keys are never printed.
 *
 * @param hostKey belongs to {@code hostCertificate}
 * @param deviceCertificate that the phone shows
 */
record PairRecord(
        String hostId,
        String systemBuid,
        X509Certificate hostCertificate,
        PrivateKey hostKey,
        X509Certificate deviceCertificate) {
    PairRecord {
        requireNonNull(hostId, "hostId");
        requireNonNull(systemBuid, "systemBuid");
    }

    /** Of the property list that usbmuxd keeps. */
    static PairRecord parse(String label, byte[] data) {
        try {
            NSDictionary record = (NSDictionary) PropertyListParser.parse(data);
            return new PairRecord(
                    word(record, "HostID"),
                    word(record, "SystemBUID"),
                    certificate(pem(record, "HostCertificate")),
                    key(new String(pem(record, "HostPrivateKey"), StandardCharsets.US_ASCII)),
                    certificate(pem(record, "DeviceCertificate")));
        } catch (Exception damaged) { // of whatever kind: a file that somebody else writes
            throw new ProtocolViolation(
                    "[" + label + "] the pairing record of this host cannot be read; pair again: idevicepair unpair,"
                            + " then idevicepair pair",
                    damaged);
        }
    }

    private static String word(NSDictionary record, String key) {
        return Plists.text(record, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static byte[] pem(NSDictionary record, String key) {
        return Plists.data(record, key).orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static X509Certificate certificate(byte[] pem) throws GeneralSecurityException {
        // the C programs end their texts with a zero
        String text = new String(pem, StandardCharsets.US_ASCII).replace("\0", "");
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").replace("\0", ""));
        byte[] encoded = pem.contains("BEGIN RSA PRIVATE KEY") ? wrapped(der) : der;
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** A bare RSA key (PKCS #1) in the envelope that Java reads (PKCS #8, RFC 5958). */
    private static byte[] wrapped(byte[] key) {
        byte[] version = {2, 1, 0};
        byte[] rsa = {0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};
        return tagged(0x30, joined(version, rsa, tagged(4, key)));
    }

    private static byte[] tagged(int tag, byte[] content) {
        byte[] head = {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public String toString() {
        return "PairRecord[hostId=" + hostId + "]";
    }
}
