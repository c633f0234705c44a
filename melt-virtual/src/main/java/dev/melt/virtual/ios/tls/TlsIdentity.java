package dev.melt.virtual.ios.tls;

import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;

/** What a phone shows to a host, and which hosts it knows; immutable. */
public final class TlsIdentity {
    private final byte[] certificate;
    private final PrivateKey key;
    private final List<byte[]> trusted;

    /**
     * Certificates are in DER.
     *
     * @param certificate of the phone
     * @param key that belongs to it
     * @param trusted a host has to show one of these certificates and to have its key
     */
    public TlsIdentity(byte[] certificate, PrivateKey key, List<byte[]> trusted) {
        this.certificate = certificate.clone();
        this.key = key;
        this.trusted = List.copyOf(trusted);
    }

    byte[] certificate() {
        return certificate.clone();
    }

    PrivateKey key() {
        return key;
    }

    boolean trusts(byte[] other) {
        return trusted.stream().anyMatch(known -> Arrays.equals(known, other));
    }
}
