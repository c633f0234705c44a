package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthNone;
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

    private static final String TOO_MANY =
            "when it was offered too many keys: name the one it takes in ~/.ssh/config, IdentityFile and IdentitiesOnly yes";

    /** Hosts ask in their own language; what is typed unseen is the password. */
    private static final Pattern HIDDEN = Pattern.compile(".*", Pattern.DOTALL);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";

    /** {@code openssh-key-v1}, in base64. */
    private static final String MAGIC = "b3BlbnNzaC1rZXktdjEA";

    /** The cipher {@code none}. */
    private static final String NO_CIPHER = MAGIC + "AAAABG5vbmU";

    private final SshHost host;
    private final Map<String, String> environment;
    private final List<String> tried = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();

    SshLogin(SshHost host, Map<String, String> environment) {
        this.host = host;
        this.environment = environment;
    }

    /**
     * Logs in.
     *
     * @throws Unauthorised when the host does not let us in
     * @throws IOException when the link broke meanwhile
     */
    void enter(SSHClient client) throws IOException {
        List<String> farewell = new CopyOnWriteArrayList<>();
        client.getTransport().setDisconnectListener((reason, message) -> {
            if (reason != DisconnectReason.UNKNOWN) {
                farewell.add(PlainText.oneLine(message));
            }
        });
        try {
            client.auth(host.user(), methods(client));
        } catch (SSHException e) {
            hearOut(client, e);
            if (!farewell.isEmpty()) {
                throw refused("it says " + farewell.get(0), TOO_MANY, e);
            }
            if (!(e instanceof UserAuthException) || causes(e).anyMatch(TransportException.class::isInstance)) {
                throw e;
            }
            if (causes(e).anyMatch(TimeoutException.class::isInstance)) {
                throw new IOException("it does not answer whether it lets us in", e);
            }
            throw refused("it takes " + offered(client), remedy(), e);
        }
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause);
    }

    /** A write can fail before what the host said last was read. */
    private static void hearOut(SSHClient client, SSHException e) {
        try {
            if (!(e instanceof UserAuthException)) {
                client.getTransport().join((int) LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (SSHException ended) {
            // as it has: the listener knows
        }
    }

    private Unauthorised refused(String finding, String remedy, SSHException e) {
        return new Unauthorised(
                "[" + host.label() + "] " + host.address() + " does not let us in: " + tried() + "; " + finding + "; "
                        + remedy,
                e);
    }

    private static String offered(SSHClient client) {
        String methods = String.join(", ", client.getUserAuth().getAllowedMethods());
        return methods.isEmpty() ? "none of them" : methods;
    }

    /** All that may be tried now. */
    private List<AuthMethod> methods(SSHClient client) {
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
            methods.add(new AuthKeyboardInteractive(new PasswordResponseProvider(finder(password), HIDDEN)));
        });
        if (methods.isEmpty()) {
            methods.add(new AuthNone()); // the host says then what it would take
        }
        return methods;
    }

    /** What was tried, for people. */
    private String tried() {
        return tried.isEmpty()
                ? "there is no key, no agent and no password to try"
                : "tried " + SshConnector.names(tried);
    }

    /** What a person can do. */
    private String remedy() {
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

    /** What stands in the file with the public half, which may be the one that was named. */
    private static Optional<String> publicKey(Path identity) {
        return publicText(identity.resolveSibling(identity.getFileName() + ".pub"))
                .or(() -> publicText(identity));
    }

    private static Optional<String> publicText(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words.length > 1 && words[1].startsWith("AAAA"))
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
        } catch (IOException | RuntimeException unusable) { // the library throws both for files that are no keys
            tried.add(identity + (isLocked(identity) ? locked(identity, passphrase) : " (not a key that can be read)"));
            return Optional.empty();
        }
    }

    private String locked(Path identity, String passphrase) {
        locked.add(identity.toString());
        return passphrase.isEmpty() ? " (locked)" : " (" + PASSPHRASE + " does not open it)";
    }

    /** Whether a passphrase is needed: the first bytes of OpenSSH's own format name the cipher. */
    private static boolean isLocked(Path identity) {
        try {
            String text = Files.readString(identity, StandardCharsets.ISO_8859_1);
            String body =
                    text.startsWith(OPENSSH) ? text.substring(OPENSSH.length()).strip() : "";
            return text.contains("ENCRYPTED") || (body.startsWith(MAGIC) && !body.startsWith(NO_CIPHER));
        } catch (IOException e) {
            return false;
        }
    }

    private static PasswordFinder finder(String secret) {
        return PasswordUtils.createOneOff(secret.toCharArray());
    }
}
