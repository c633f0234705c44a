package dev.melt.virtual.ios.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One direction under AES-128-GCM (RFC 5288). One thread uses it. */
final class TlsCipher {
    private static final int EXPLICIT = 8;
    private static final int TAG = 16;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] salt;
    private long sequence;

    TlsCipher(byte[] key, byte[] salt) {
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
    }

    byte[] seal(int type, byte[] bytes, int from, int length) throws GeneralSecurityException {
        ByteBuffer out = ByteBuffer.allocate(EXPLICIT + length + TAG).putLong(sequence);
        cipher(Cipher.ENCRYPT_MODE, sequence, type, length).doFinal(ByteBuffer.wrap(bytes, from, length), out);
        sequence++;
        return out.array();
    }

    byte[] open(int type, byte[] sealed) throws GeneralSecurityException {
        int length = sealed.length - EXPLICIT - TAG;
        if (length < 0) {
            throw new GeneralSecurityException("a record that is too short");
        }
        long nonce = ByteBuffer.wrap(sealed).getLong();
        byte[] opened =
                cipher(Cipher.DECRYPT_MODE, nonce, type, length).doFinal(sealed, EXPLICIT, sealed.length - EXPLICIT);
        sequence++;
        return opened;
    }

    private Cipher cipher(int mode, long nonce, int type, int length) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] vector = ByteBuffer.allocate(salt.length + EXPLICIT)
                .put(salt)
                .putLong(nonce)
                .array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, vector));
        cipher.updateAAD(ByteBuffer.allocate(13)
                .putLong(sequence)
                .put((byte) type)
                .putShort(TlsRecords.VERSION)
                .putShort((short) length)
                .array());
        return cipher;
    }
}
