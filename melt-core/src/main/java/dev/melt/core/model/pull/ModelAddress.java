package dev.melt.core.model.pull;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a file is fetched from, and which secret may go there. {@code hf:org/repo/file} means the file of that name in a
 * repository on the hub at {@code HF_ENDPOINT}; the token in {@code HF_TOKEN} is for that hub and goes to no other host.
 */
public final class ModelAddress {
    private static final String HUB = "https://huggingface.co";
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final URI uri;
    private final URI hub;
    private final Optional<String> token;

    private ModelAddress(URI uri, URI hub, Optional<String> token) {
        this.uri = requireNonNull(uri, "uri");
        this.hub = hub;
        this.token = token;
    }

    /**
     * Understands {@code https://…}, {@code hf:org/repo/file}, and {@code http://…} on this machine.
     *
     * @throws InvalidInputException for anything else
     */
    public static ModelAddress of(String text, Map<String, String> environment) {
        URI hub = uri(environment.getOrDefault("HF_ENDPOINT", HUB));
        Optional<String> token =
                Optional.ofNullable(environment.get("HF_TOKEN")).filter(value -> !value.isBlank());
        return new ModelAddress(text.startsWith("hf:") ? onHub(hub, text) : uri(text), hub, token);
    }

    public URI uri() {
        return uri;
    }

    /** The address without query, which may hold a signature: for messages and for the record. */
    public String shown() {
        return shown(uri);
    }

    /** The name that the file suggests for its model; empty when it is no plain one. */
    public Optional<String> modelName() {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String file = path.substring(path.lastIndexOf('/') + 1);
        String name = file.toLowerCase(Locale.ROOT).endsWith(".gguf") ? file.substring(0, file.length() - 5) : file;
        return PLAIN.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** The token for a request to that address, if it may go there: same host and port as the hub, and not in the open. */
    Optional<String> tokenFor(URI target) {
        boolean sameHost = hub.getHost().equalsIgnoreCase(target.getHost())
                && port(hub) == port(target)
                && hub.getScheme().equalsIgnoreCase(target.getScheme());
        return sameHost ? token : Optional.empty();
    }

    /** Where a redirect leads; refused when it leads from a protected address to an open one. */
    static URI redirect(URI from, String location) {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw fault(shown(from), "a redirect to an address expected", "the server sent something else");
        }
        if (from.getScheme().equalsIgnoreCase("https") && !"https".equalsIgnoreCase(to.getScheme())) {
            throw fault(shown(from), "a redirect to https expected", "to " + shown(to) + " found");
        }
        return checked(to);
    }

    static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath();
    }

    private static URI onHub(URI hub, String text) {
        String[] segments = text.substring(3).split("/", -1);
        if (segments.length < 3
                || !Arrays.stream(segments)
                        .allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            throw fault(text, "hf:ORG/REPOSITORY/FILE expected", "another form found");
        }
        String file = String.join("/", Arrays.copyOfRange(segments, 2, segments.length));
        String base = hub.toString().replaceAll("/+$", "");
        return uri(base + "/" + segments[0] + "/" + segments[1] + "/resolve/main/" + file);
    }

    private static URI uri(String text) {
        try {
            return checked(new URI(text));
        } catch (URISyntaxException e) {
            throw fault(text, "an address expected", "it cannot be read: " + e.getReason());
        }
    }

    private static URI checked(URI uri) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            String finding = uri.getUserInfo() == null ? "none found" : "a password in it found";
            throw fault("address", "https://HOST/PATH or hf:ORG/REPOSITORY/FILE expected", finding);
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
        if (!https && !local) {
            throw fault(shown(uri), "https expected (http only on this machine)", uri.getScheme() + " found");
        }
        return uri;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static InvalidInputException fault(String subject, String expectation, String finding) {
        return new InvalidInputException(subject, expectation, finding, "check the address");
    }
}
