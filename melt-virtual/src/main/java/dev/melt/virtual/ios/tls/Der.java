package dev.melt.virtual.ios.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** The few structures of certificates and signed messages that are needed, written and read. Stateless. */
public final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int VERSION = 0xa0;
    private static final int ELEMENTS_BEFORE_KEY = 5;

    private Der() {}

    /** One element: its tag, its length, and the content of its parts one after the other. */
    public static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x10000) {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(0x83);
            out.write(length >> 16);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    /** A key as {@code BEGIN RSA PUBLIC KEY}, which lockdownd tells it in. */
    public static byte[] rsaPublicKeyPem(RSAPublicKey key) {
        byte[] der = element(SEQUENCE, integer(key.getModulus()), integer(key.getPublicExponent()));
        return ("-----BEGIN RSA PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END RSA PUBLIC KEY-----\n")
                .getBytes(US_ASCII);
    }

    /**
     * The bytes of what stands between the first pair of {@code BEGIN} and {@code END}.
     *
     * @throws GeneralSecurityException when nothing does
     */
    public static byte[] ofPem(byte[] pem) throws GeneralSecurityException {
        List<String> lines = new String(pem, US_ASCII)
                .lines()
                .dropWhile(line -> !line.startsWith("-----BEGIN"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("-----END"))
                .toList();
        if (lines.isEmpty()) {
            throw new GeneralSecurityException("no PEM");
        }
        try {
            return Base64.getMimeDecoder().decode(String.join("", lines));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no PEM", e);
        }
    }

    /** The RSA key of a certificate, whatever its names are. */
    static PublicKey publicKey(byte[] certificate) throws GeneralSecurityException {
        try {
            int at = content(certificate, content(certificate, 0));
            if ((certificate[at] & 0xff) == VERSION) {
                at = next(certificate, at);
            }
            for (int i = 0; i < ELEMENTS_BEFORE_KEY; i++) {
                at = next(certificate, at);
            }
            byte[] key = java.util.Arrays.copyOfRange(certificate, at, next(certificate, at));
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            throw new GeneralSecurityException("no certificate", e);
        }
    }

    private static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int next(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        int start = content(der, at);
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < start; i++) {
                length = length << 8 | (der[i] & 0xff);
            }
        }
        return start + length;
    }
}
