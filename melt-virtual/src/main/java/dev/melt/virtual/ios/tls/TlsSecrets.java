package dev.melt.virtual.ios.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What both sides derive from the secret that they have agreed on (RFC 5246, sections 5, 6.3, 8.1). Immutable. */
final class TlsSecrets {
    private static final int MASTER = 48;
    private static final int VERIFY = 12;
    private static final int KEY = 16;
    private static final int SALT = 4;

    private final byte[] master;
    private final byte[] keys;

    TlsSecrets(byte[] agreed, byte[] clientRandom, byte[] serverRandom) throws GeneralSecurityException {
        this.master = derive(agreed, "master secret", join(clientRandom, serverRandom), MASTER);
        this.keys = derive(master, "key expansion", join(serverRandom, clientRandom), 2 * (KEY + SALT));
    }

    TlsCipher client() {
        return cipher(0);
    }

    TlsCipher server() {
        return cipher(1);
    }

    /** The content of a Finished message: {@code label} is that of its sender. */
    byte[] finished(String label, byte[] transcript) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(transcript);
        return derive(master, label, hash, VERIFY);
    }

    private TlsCipher cipher(int side) {
        int salt = 2 * KEY + side * SALT;
        return new TlsCipher(
                Arrays.copyOfRange(keys, side * KEY, (side + 1) * KEY), Arrays.copyOfRange(keys, salt, salt + SALT));
    }

    private static byte[] derive(byte[] secret, String label, byte[] seed, int length) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        byte[] labelled = join(label.getBytes(US_ASCII), seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] link = labelled;
        while (out.size() < length) {
            link = mac.doFinal(link);
            out.writeBytes(mac.doFinal(join(link, labelled)));
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
