package dev.melt.jetson.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/**
 * The ways in which a user may log in, in OpenSSH's order: keys of the agent, keys of files, the password of the environment. Secrets
 * stay in here: {@link #tried} names keys by their files and comments.
 */
final class SshLogin {
    /** The variable with a password. */
    static final String PASSWORD = "MELT_SSH_PASSWORD";

    /** The variable with the passphrase of a key. */
    static final String PASSPHRASE = "MELT_SSH_PASSPHRASE";

    private final SshHost host;
    private final Map<String, String> environment;
    private final List<String> tried = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();

    SshLogin(SshHost host, Map<String, String> environment) {
        this.host = host;
        this.environment = environment;
    }

    /** All that may be tried now. */
    List<AuthMethod> methods(SSHClient client) {
        List<AuthMethod> methods = new ArrayList<>();
        agent(methods);
        for (Path identity : host.identities()) {
            if (Files.isReadable(identity)) {
                file(client, identity).ifPresent(methods::add);
            }
        }
        Optional.ofNullable(environment.get(PASSWORD)).filter(p -> !p.isEmpty()).ifPresent(password -> {
            tried.add("the password of " + PASSWORD);
            methods.add(new AuthPassword(finder(password)));
            methods.add(new AuthKeyboardInteractive(new PasswordResponseProvider(finder(password))));
        });
        return methods;
    }

    /** What was tried, for people. */
    String tried() {
        return tried.isEmpty()
                ? "there is no key, no agent and no password to try"
                : "tried " + SshConnector.names(tried);
    }

    /** What a person can do. */
    String remedy() {
        return locked.isEmpty()
                ? "ssh-copy-id " + host.alias() + ", or set " + PASSWORD
                : SshConnector.names(locked) + " has a passphrase: ssh-add it, or set " + PASSPHRASE;
    }

    private void agent(List<AuthMethod> methods) {
        if (host.agent().isEmpty()) {
            return;
        }
        AgentKeys agent = new AgentKeys(host.agent().get());
        Set<String> wanted = host.identities().stream()
                .flatMap(file -> publicKey(file).stream())
                .collect(Collectors.toSet());
        List<AgentKeys.Key> keys = agent.list().stream()
                .filter(key -> !host.identitiesOnly() || wanted.contains(key.base64()))
                .toList();
        keys.forEach(key -> methods.add(new AgentAuth(agent, key)));
        if (!keys.isEmpty()) {
            tried.add(keys.size() + (keys.size() == 1 ? " key" : " keys") + " of the agent");
        }
    }

    /** The second word of the file with the public half, where there is one. */
    private static Optional<String> publicKey(Path identity) {
        try {
            Path file = identity.resolveSibling(identity.getFileName() + ".pub");
            return Files.readAllLines(file).stream()
                    .map(line -> line.split("\\s+", -1))
                    .filter(words -> words.length > 1)
                    .map(words -> words[1])
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private Optional<AuthMethod> file(SSHClient client, Path identity) {
        String passphrase = environment.getOrDefault(PASSPHRASE, "");
        try {
            KeyProvider key = client.loadKeys(identity.toString(), finder(passphrase));
            key.getPrivate();
            tried.add(identity.toString());
            return Optional.of(new AuthPublickey(key));
        } catch (IOException unusable) {
            boolean encrypted = passphrase.isEmpty() && isEncrypted(identity);
            tried.add(identity + (encrypted ? " (locked)" : " (not a key that can be read)"));
            if (encrypted) {
                locked.add(identity.toString());
            }
            return Optional.empty();
        }
    }

    private static boolean isEncrypted(Path identity) {
        try {
            String text = Files.readString(identity);
            return text.contains("ENCRYPTED") || text.contains("OPENSSH PRIVATE KEY");
        } catch (IOException e) {
            return false;
        }
    }

    private static PasswordFinder finder(String secret) {
        return PasswordUtils.createOneOff(secret.toCharArray());
    }
}
