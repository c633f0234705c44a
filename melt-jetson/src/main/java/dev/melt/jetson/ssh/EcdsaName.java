package dev.melt.jetson.ssh;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's elliptic curve keys under the name by which the library asks for them: BouncyCastle, which it takes otherwise, says
 * {@code ECDSA} where the JDK says {@code EC}. Has nothing else.
 */
final class EcdsaName extends Provider {
    private static final String THERE = "ECDSA";

    private EcdsaName() {
        super("melt-ecdsa", "1", "EC keys of the JDK under the name ECDSA");
        putService(new KeysOfTheJdk(this));
    }

    /** Makes the name known to this process, where nobody else has. */
    static void register() {
        try {
            KeyFactory.getInstance(THERE);
        } catch (NoSuchAlgorithmException unknown) {
            Security.addProvider(new EcdsaName());
        }
    }

    private static final class KeysOfTheJdk extends Provider.Service {
        KeysOfTheJdk(Provider provider) {
            super(provider, "KeyFactory", THERE, Keys.class.getName(), null, null);
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new Keys(KeyFactory.getInstance("EC"));
        }
    }

    private static final class Keys extends KeyFactorySpi {
        private final KeyFactory jdk;

        Keys(KeyFactory jdk) {
            this.jdk = jdk;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            return jdk.generatePublic(spec);
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
            return jdk.generatePrivate(spec);
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> kind) throws InvalidKeySpecException {
            return jdk.getKeySpec(key, kind);
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            return jdk.translateKey(key);
        }
    }
}
