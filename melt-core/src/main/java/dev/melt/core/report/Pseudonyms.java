package dev.melt.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.melt.core.home.Home;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that stand in for serial numbers and addresses: the same for the same device in every export of a home, and not to
 * be turned back without that home's secret. Immutable and safe for use by several threads.
 */
public final class Pseudonyms {
    /** Identifiers are shown as they are. */
    public static final Pseudonyms NONE = new Pseudonyms(Optional.empty());

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 6;

    private final Optional<SecretKeySpec> key;

    private Pseudonyms(Optional<SecretKeySpec> key) {
        this.key = key;
    }

    public static Pseudonyms of(Home home) {
        return keyedBy(home.secret());
    }

    public static Pseudonyms keyedBy(byte[] secret) {
        return new Pseudonyms(Optional.of(new SecretKeySpec(secret, ALGORITHM)));
    }

    /** Whether identifiers are hidden at all. */
    public boolean hide() {
        return key.isPresent();
    }

    /** {@code anon-3f9a0c12ab77}; an address gets the same one in whatever case it is written. */
    public String of(String identifier) {
        return key.map(secret -> "anon-" + digest(secret, identifier)).orElse(identifier);
    }

    private static String digest(SecretKeySpec secret, String identifier) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] digest = mac.doFinal(identifier.toLowerCase(Locale.ROOT).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
