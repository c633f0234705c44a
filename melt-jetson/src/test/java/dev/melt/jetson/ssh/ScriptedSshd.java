package dev.melt.jetson.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.shell.ProcessShellFactory;

/** Apache's server, for what OpenSSH's cannot be made to do without root's files: passwords. */
final class ScriptedSshd implements AutoCloseable {
    static final String USER = "nvidia";

    final SshServer server = SshServer.setUpDefaultServer();

    /** What was tried, in its order; keys by their fingerprint, passwords by their length. */
    final List<String> tried = new CopyOnWriteArrayList<>();

    private final Path folder;

    /** Takes a password and runs what it is told. */
    ScriptedSshd(Path folder, String password) {
        this.folder = folder;
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("mina_key")));
        server.setPublickeyAuthenticator((user, key, session) -> {
            tried.add(KeyUtils.getFingerPrint(key));
            return false;
        });
        server.setPasswordAuthenticator((user, given, session) -> {
            tried.add("password of " + given.length());
            return user.equals(USER) && given.equals(password);
        });
        server.setCommandFactory(
                (channel, command) -> new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
        server.setUserAuthFactoriesNames("publickey", "password");
    }

    /** Asks in its own words, as PAM does, and takes no password that comes unasked. */
    void asks(String prompt) {
        server.setUserAuthFactoriesNames("keyboard-interactive");
        server.setKeyboardInteractiveAuthenticator(new DefaultKeyboardInteractiveAuthenticator() {
            @Override
            protected String getInteractionPrompt(ServerSession session) {
                return prompt;
            }
        });
    }

    /** Starts it and writes what a client has to know. */
    ScriptedSshd start() throws IOException, GeneralSecurityException {
        server.start();
        StringBuilder key = new StringBuilder();
        PublicKeyEntry.appendPublicKeyEntry(
                key,
                server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
        Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + server.getPort() + " " + key + "\n");
        Files.writeString(
                folder.resolve("ssh_config"),
                "Host board\n  HostName 127.0.0.1\n  Port " + server.getPort() + "\n  User " + USER
                        + "\n  IdentityFile none\n  GlobalKnownHostsFile none\n  UserKnownHostsFile "
                        + folder.resolve("known_hosts") + "\n");
        return this;
    }

    Map<String, String> environment(String password) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", folder.toString());
        environment.put("MELT_SSH_CONFIG", folder.resolve("ssh_config").toString());
        environment.put(SshLogin.PASSWORD, password);
        return environment;
    }

    /** Logs in and out again. */
    void login(String password) {
        SshConfig config = new SshConfig(environment(password));
        try (SshLink link = new SshLink(
                config.resolve(Destination.parse("board")), new SshConnector(config, environment(password)))) {
            link.open();
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
