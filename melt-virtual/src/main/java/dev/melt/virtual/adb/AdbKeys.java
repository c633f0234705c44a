package dev.melt.virtual.adb;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which hosts may use a device. A host signs a token with its key; a key that is unknown is offered to the person who holds the
 * device. Safe for use by several threads.
 */
public final class AdbKeys {
    static final int TOKEN = 1;
    static final int SIGNATURE = 2;
    static final int PUBLIC_KEY = 3;

    private static final int TOKEN_BYTES = 20;
    private static final int MODULUS_BYTES = 256;
    private static final int MODULUS_AT = 8;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    /** ASN.1 of a SHA-1 digest, which adb's token stands in for. */
    private static final byte[] DIGEST_HEAD = HexFormat.of().parseHex("3021300906052b0e03021a05000414");

    private final Set<BigInteger> accepted = ConcurrentHashMap.newKeySet();
    private final byte[] token = new byte[TOKEN_BYTES];
    private volatile boolean asked;
    private volatile boolean willing;

    /** A device that lets every host in, as an emulator does. */
    public AdbKeys() {
        new SecureRandom().nextBytes(token);
    }

    /**
     * Asks hosts for a key from now on.
     *
     * @param personAccepts whether the person at the device says yes to one that is new
     */
    public void ask(boolean personAccepts) {
        asked = true;
        willing = personAccepts;
    }

    boolean areAsked() {
        return asked;
    }

    byte[] token() {
        return token.clone();
    }

    /** Whether the token was signed by a host that was let in before. */
    boolean accepts(byte[] signature) {
        return accepted.stream().anyMatch(modulus -> signed(modulus, signature));
    }

    /** Whether the person lets the host in that offers this key, in adb's own form of a public key. */
    boolean offered(String line) {
        Optional<BigInteger> modulus = modulus(line);
        if (!willing || modulus.isEmpty()) {
            return false;
        }
        accepted.add(modulus.get());
        return true;
    }

    private boolean signed(BigInteger modulus, byte[] signature) {
        byte[] padded = new BigInteger(1, signature).modPow(EXPONENT, modulus).toByteArray();
        byte[] wanted = new byte[DIGEST_HEAD.length + TOKEN_BYTES];
        System.arraycopy(DIGEST_HEAD, 0, wanted, 0, DIGEST_HEAD.length);
        System.arraycopy(token, 0, wanted, DIGEST_HEAD.length, TOKEN_BYTES);
        return padded.length >= wanted.length
                && Arrays.equals(Arrays.copyOfRange(padded, padded.length - wanted.length, padded.length), wanted);
    }

    /** Words of 32 bits: their number, an inverse, the modulus with its lowest word first. */
    private static Optional<BigInteger> modulus(String line) {
        int space = line.indexOf(' ');
        try {
            byte[] key = Base64.getDecoder()
                    .decode((space < 0 ? line : line.substring(0, space)).getBytes(StandardCharsets.US_ASCII));
            if (key.length < MODULUS_AT + MODULUS_BYTES
                    || ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt() * 4 != MODULUS_BYTES) {
                return Optional.empty();
            }
            byte[] modulus = new byte[MODULUS_BYTES];
            for (int i = 0; i < MODULUS_BYTES; i++) {
                modulus[i] = key[MODULUS_AT + MODULUS_BYTES - 1 - i];
            }
            return Optional.of(new BigInteger(1, modulus));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
