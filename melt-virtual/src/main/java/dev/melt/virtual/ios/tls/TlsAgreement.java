package dev.melt.virtual.ios.tls;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** The phone's half of a Diffie-Hellman exchange on the curve secp256r1 (RFC 8422). Used once. */
final class TlsAgreement {
    private static final int COORDINATE = 32;
    private static final int POINT = 1 + 2 * COORDINATE;
    private static final byte NAMED_CURVE = 3;
    private static final short SECP256R1 = 23;
    private static final byte UNCOMPRESSED = 4;

    private final KeyPair keys;

    TlsAgreement() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.keys = generator.generateKeyPair();
    }

    /** What the phone sends of it. */
    byte[] parameters() {
        ECPoint point = own().getW();
        return ByteBuffer.allocate(4 + POINT)
                .put(NAMED_CURVE)
                .putShort(SECP256R1)
                .put((byte) POINT)
                .put(UNCOMPRESSED)
                .put(fixed(point.getAffineX()))
                .put(fixed(point.getAffineY()))
                .array();
    }

    /** The secret that follows from the host's point. */
    byte[] agree(byte[] point) throws GeneralSecurityException {
        if (point.length != POINT || point[0] != UNCOMPRESSED) {
            throw new GeneralSecurityException("no point of the curve");
        }
        ECPoint other = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE)),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE, POINT)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(keys.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(other, own().getParams())), true);
        return agreement.generateSecret();
    }

    private ECPublicKey own() {
        return (ECPublicKey) keys.getPublic();
    }

    private static byte[] fixed(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int used = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - used, fixed, COORDINATE - used, used);
        return fixed;
    }
}
