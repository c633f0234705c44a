package dev.melt.jetson.ssh;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import dev.melt.core.process.HostProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ~/.ssh/config} says of a host. OpenSSH's own client reads it ({@code ssh -G}), so that includes, patterns and
 * {@code Match} mean what they mean elsewhere. Nothing is connected.
 *
 * @param environment the process's variables; {@code MELT_SSH_CONFIG} names another file
 */
record SshConfig(Map<String, String> environment) {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
    private static final String ANOTHER_FILE = "MELT_SSH_CONFIG";

    /**
     * How to reach a host.
     *
     * @throws InvalidInputException when there is no OpenSSH client, it refuses its configuration, or the configuration wants
     *     something that MELT cannot do
     */
    SshHost resolve(Destination destination) {
        SshWords words = SshWords.parse(ask(destination));
        String hostName = words.first("hostname").orElse(destination.host());
        int port = words.first("port").map(Integer::parseInt).orElse(22);
        String user = words.first("user").orElse(System.getProperty("user.name"));
        refuseProxyCommand(destination, words);
        SshTokens tokens = new SshTokens(home(), hostName, port, user);
        return new SshHost(
                destination.host(),
                hostName,
                port,
                user,
                words.first("hostkeyalias").orElse(port == 22 ? hostName : "[" + hostName + "]:" + port),
                words.all("identityfile").stream().map(tokens::path).toList(),
                words.is("identitiesonly"),
                agent(words, tokens),
                files(words, tokens),
                jumps(words),
                timeout(words));
    }

    /** The file in which people are told to write; it need not exist. */
    Path file() {
        return anotherFile().orElseGet(() -> home().resolve(".ssh/config"));
    }

    /** Whether the file is one of its own and not the user's usual one. */
    boolean isForMelt() {
        return anotherFile().isPresent();
    }

    /** The names that the file gives to hosts, without patterns; those of included files are not among them. */
    List<String> aliases() {
        try {
            if (!Files.isReadable(file())) {
                return List.of();
            }
            return Files.readAllLines(file()).stream()
                    .map(String::strip)
                    .filter(line -> line.matches("(?i)host[\\s=].*"))
                    .flatMap(line -> Arrays.stream(line.substring(4).strip().split("[\\s=]+", -1)))
                    .filter(name -> name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*"))
                    .distinct()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private String ask(Destination destination) {
        List<String> command = new ArrayList<>(List.of(program().toString(), "-G"));
        anotherFile().ifPresent(file -> command.addAll(List.of("-F", file.toString())));
        destination.user().ifPresent(user -> command.addAll(List.of("-l", user)));
        destination.port().ifPresent(port -> command.addAll(List.of("-p", Integer.toString(port))));
        command.addAll(List.of("--", destination.host()));
        try {
            HostProcess.Ended ended = new HostProcess(command, Map.of(), Path.of("/"), ANSWER).run();
            if (ended.exitCode() == 0) {
                return ended.output();
            }
            throw new InvalidInputException(
                    file().toString(),
                    "a configuration that ssh understands expected",
                    "ssh -G " + destination.host() + " says " + PlainText.oneLine(ended.lastLines(2)),
                    "correct it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private Path program() {
        return Arrays.stream(environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1))
                .map(folder -> Path.of(folder).resolve("ssh"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "devices over SSH",
                        "OpenSSH's client needed, it reads ~/.ssh/config for MELT",
                        "no ssh on the PATH",
                        "apt-get install openssh-client"));
    }

    private static void refuseProxyCommand(Destination destination, SshWords words) {
        words.first("proxycommand").filter(command -> !command.equals("none")).ifPresent(command -> {
            throw new InvalidInputException(
                    "[" + destination.host() + "/ssh] ProxyCommand",
                    "a host that is reached directly or by ProxyJump expected",
                    "its configuration says ProxyCommand " + PlainText.oneLine(command),
                    "write it as ProxyJump");
        });
    }

    private Optional<Path> agent(SshWords words, SshTokens tokens) {
        String said = words.first("identityagent").orElse("SSH_AUTH_SOCK");
        if (said.equals("none")) {
            return Optional.empty();
        }
        Optional<String> socket = said.equals("SSH_AUTH_SOCK")
                ? Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
                : said.startsWith("$") ? Optional.ofNullable(environment.get(said.substring(1))) : Optional.of(said);
        return socket.filter(path -> !path.isBlank()).map(tokens::path).filter(Files::exists);
    }

    private static List<Path> files(SshWords words, SshTokens tokens) {
        List<Path> files = new ArrayList<>();
        for (String key : List.of("userknownhostsfile", "globalknownhostsfile")) {
            words.first(key)
                    .filter(value -> !value.equals("none"))
                    .ifPresent(value -> Arrays.stream(value.split("\\s+", -1))
                            .filter(name -> !name.isEmpty())
                            .map(tokens::path)
                            .forEach(files::add));
        }
        return files;
    }

    private static List<Destination> jumps(SshWords words) {
        return words.first("proxyjump")
                .filter(value -> !value.equals("none"))
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(String::strip)
                        .map(Destination::parse)
                        .toList())
                .orElse(List.of());
    }

    private static Duration timeout(SshWords words) {
        return words.first("connecttimeout")
                .filter(value -> value.matches("[1-9][0-9]{0,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(USUAL_TIMEOUT);
    }

    private Optional<Path> anotherFile() {
        return Optional.ofNullable(environment.get(ANOTHER_FILE))
                .filter(file -> !file.isBlank())
                .map(file -> Path.of(file).toAbsolutePath());
    }

    private Path home() {
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    }
}
