package dev.melt.ios.mux;

import com.dd.plist.NSDictionary;
import com.dd.plist.PropertyListParser;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** What a pairing left with this host: who it is to the phone, and the keys by which both know each other. Immutable. */
final class PairRecord {
    private final String hostId;
    private final String systemBuid;
    private final byte[] hostCertificate;
    private final PrivateKey hostKey;
    private final byte[] deviceCertificate;

    private PairRecord(NSDictionary record) throws GeneralSecurityException {
        this.hostId = word(record, "HostID");
        this.systemBuid = word(record, "SystemBUID");
        this.hostCertificate = der(pem(record, "HostCertificate"));
        this.hostKey = key(pem(record, "HostPrivateKey"));
        this.deviceCertificate = der(pem(record, "DeviceCertificate"));
    }

    String hostId() {
        return hostId;
    }

    String systemBuid() {
        return systemBuid;
    }

    /** That this host shows, in DER. */
    byte[] hostCertificate() {
        return hostCertificate.clone();
    }

    /** Belongs to it. */
    PrivateKey hostKey() {
        return hostKey;
    }

    /** That the phone shows, in DER. */
    byte[] deviceCertificate() {
        return deviceCertificate.clone();
    }

    /** Of the property list that usbmuxd keeps. */
    static PairRecord parse(String label, byte[] data) {
        try {
            return new PairRecord((NSDictionary) PropertyListParser.parse(data));
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

    /** The C programs end their texts with a zero. */
    private static String pem(NSDictionary record, String key) {
        return Plists.data(record, key)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).replace("\0", ""))
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        byte[] encoded = pem.contains("BEGIN RSA PRIVATE KEY") ? wrapped(der(pem)) : der(pem);
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
}
