package dev.melt.jetson.ssh;

import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;

/**
 * Whether a host is the one it was before, by the user's own {@code known_hosts}. Always asked, never added to. One for each
 * connection; the library's thread asks, whoever connects reads {@link #problem} afterwards.
 */
final class KnownHosts implements HostKeyVerifier {
    private final SshHost host;
    private final List<Entry> entries = new ArrayList<>();
    private volatile Optional<Problem> problem = Optional.empty();

    /** A line. The library tells its mark by the line alone. */
    private record Entry(Path file, OpenSSHKnownHosts.KnownHostEntry entry) {
        boolean isRevoked() {
            return entry.getLine().startsWith("@revoked");
        }

        /** Of a key that signs keys of hosts and is none itself. */
        boolean isAuthority() {
            return entry.getLine().startsWith("@cert-authority");
        }

        boolean holds(PublicKey key) {
            return Arrays.asList(entry.getLine().split("\\s+", -1))
                    .contains(Base64.getEncoder().encodeToString(blob(key)));
        }
    }

    /** Reads the host's files; those that do not exist have no keys. */
    KnownHosts(SshHost host) {
        this.host = host;
        for (Path file : host.knownHosts()) {
            if (Files.isReadable(file)) {
                try {
                    new OpenSSHKnownHosts(file.toFile())
                            .entries()
                            .forEach(entry -> entries.add(new Entry(file, entry)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Why the host was refused; empty when it was not. */
    Optional<Problem> problem() {
        return problem;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        KeyType type = KeyType.fromKey(key);
        List<Entry> applying = entries.stream().filter(e -> applies(e, type)).toList();
        if (applying.stream().anyMatch(e -> e.isRevoked() && e.holds(key))) {
            problem = Optional.of(revoked(type, key));
            return false;
        }
        List<Entry> same = applying.stream().filter(e -> !e.isRevoked()).toList();
        if (same.stream().anyMatch(e -> matches(e, key))) {
            return true;
        }
        problem = Optional.of(same.isEmpty() ? unknown(type, key) : changed(type, key, same));
        return false;
    }

    /** Asks the host for a key of a kind that is known of it, where there is one. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return Arrays.stream(KeyType.values())
                .filter(type -> type != KeyType.UNKNOWN)
                .filter(type -> entries.stream().anyMatch(e -> !e.isRevoked() && applies(e, type)))
                .flatMap(type -> names(type).stream())
                .toList();
    }

    /** RSA keys sign in several ways. */
    private static List<String> names(KeyType type) {
        return switch (type) {
            case RSA -> List.of("rsa-sha2-512", "rsa-sha2-256", "ssh-rsa");
            case RSA_CERT -> List.of("rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com");
            default -> List.of(type.toString());
        };
    }

    private boolean applies(Entry entry, KeyType type) {
        try {
            boolean ofItsKind = !entry.isAuthority() || type.getParent() != null;
            return ofItsKind && entry.entry().appliesTo(type, host.keyName());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean matches(Entry entry, PublicKey key) {
        try {
            return entry.entry().verify(key);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Problem unknown(KeyType type, PublicKey key) {
        String files = host.knownHosts().stream().map(Path::toString).collect(Collectors.joining(", "));
        return new Problem(
                "[" + host.label() + "] host key of " + host.keyName(),
                "a key that is known of this host expected",
                "its " + type + " key " + fingerprint(key) + " is in none of: " + files,
                "compare it on the host with: ssh-keygen -lf /etc/ssh/ssh_host_" + shortName(type)
                        + "_key.pub; then add it: " + adding(type));
    }

    /** Behind another host or under another name {@code ssh-keyscan} is of no use. */
    private String adding(KeyType type) {
        boolean direct = host.jumps().isEmpty() && host.keyName().contains(host.hostName());
        return direct
                ? "ssh-keyscan -p " + host.port() + " -t " + shortName(type) + " " + host.hostName() + " >>"
                        + firstFile()
                : "ssh " + host.alias();
    }

    private Problem revoked(KeyType type, PublicKey key) {
        return new Problem(
                "[" + host.label() + "] host key of " + host.keyName(),
                "a key that nobody has revoked expected",
                "its " + type + " key " + fingerprint(key) + " is marked @revoked; nothing was sent",
                "give the host a new key");
    }

    private Problem changed(KeyType type, PublicKey key, List<Entry> same) {
        return new Problem(
                "[" + host.label() + "] host key of " + host.keyName(),
                "the " + type + " key of " + same.get(0).file() + " expected",
                "the host shows another one, " + fingerprint(key)
                        + ": it was set up anew, or somebody stands in between; nothing was sent",
                "when you know that it was set up anew: ssh-keygen -f "
                        + same.get(0).file() + " -R '" + host.keyName() + "', and add the new one");
    }

    private String firstFile() {
        return host.knownHosts().stream().findFirst().map(Path::toString).orElse("~/.ssh/known_hosts");
    }

    private static String shortName(KeyType type) {
        String name = type.toString();
        return name.contains("ed25519") ? "ed25519" : name.contains("ecdsa") ? "ecdsa" : "rsa";
    }

    /** As {@code ssh-keygen -l} writes it. */
    static String fingerprint(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob(key));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As SSH writes it. */
    private static byte[] blob(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }
}
