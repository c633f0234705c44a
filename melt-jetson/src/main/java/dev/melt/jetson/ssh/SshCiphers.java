package dev.melt.jetson.ssh;

import java.util.Comparator;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.cipher.Cipher;

/**
 * The library's methods with the JDK's own ciphers, of which AES-GCM is computed by the processor: those of BouncyCastle, which the
 * library takes otherwise, are a third as fast. See ADR 0012.
 */
final class SshCiphers {
    private static final List<String> FAST = List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com");

    private SshCiphers() {}

    /** For every connection; to be called before anything else of the library is used. */
    static Config methods() {
        SecurityUtils.setRegisterBouncyCastle(false);
        EcdsaName.register();
        DefaultConfig config = new DefaultConfig();
        List<Factory.Named<Cipher>> ciphers = config.getCipherFactories().stream()
                .sorted(Comparator.comparingInt(cipher -> rank(cipher.getName())))
                .toList();
        config.setCipherFactories(ciphers);
        return config;
    }

    private static int rank(String cipher) {
        int place = FAST.indexOf(cipher);
        return place < 0 ? FAST.size() : place;
    }
}
