package dev.melt.core.model.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAddressTest {
    private static final Map<String, String> TOKEN = Map.of("HF_TOKEN", "secret");

    @Test
    void knowsWhereTheHubKeepsAFile() {
        ModelAddress address = ModelAddress.of("hf:org/repo/sub/Model-Q4_0.gguf", Map.of());

        assertThat(address.uri()).hasToString("https://huggingface.co/org/repo/resolve/main/sub/Model-Q4_0.gguf");
        assertThat(address.modelName()).contains("Model-Q4_0");
    }

    @Test
    void givesTheTokenToTheHubAndToNobodyElse() {
        ModelAddress address = ModelAddress.of("hf:org/repo/m.gguf", TOKEN);

        assertThat(address.tokenFor(address.uri())).contains("secret");
        assertThat(address.tokenFor(URI.create("https://huggingface.co:8443/x")))
                .isEmpty();
        assertThat(address.tokenFor(URI.create("http://huggingface.co/x"))).isEmpty();
        assertThat(address.tokenFor(URI.create("https://cdn.huggingface.co/x"))).isEmpty();
        assertThat(ModelAddress.of("https://example.org/m.gguf", TOKEN)
                        .tokenFor(URI.create("https://example.org/m.gguf")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m.gguf",
                "http://example.org/m.gguf",
                "ftp://example.org/m.gguf",
                "file:///etc/passwd",
                "https://user:pw@example.org/m.gguf",
                "hf:org/repo",
                "hf:org/../../m.gguf",
                "hf:org//m.gguf",
                "hf:org/repo/m.gguf?x",
                "https://exa mple.org/m"
            })
    void refusesWhatIsNotSafeOrNoAddress(String text) {
        assertThatThrownBy(() -> ModelAddress.of(text, TOKEN)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void followsNoRedirectOutOfProtection() {
        URI from = URI.create("https://example.org/a");

        assertThat(ModelAddress.redirect(from, "/b")).hasToString("https://example.org/b");
        assertThatThrownBy(() -> ModelAddress.redirect(from, "http://localhost/b"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ModelAddress.redirect(from, "file:///etc/passwd"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void suggestsNoNameThatCouldLeaveItsFolder() {
        assertThat(ModelAddress.of("https://example.org/..", TOKEN).modelName()).isEmpty();
        assertThat(ModelAddress.of("https://example.org/a%2F..%2Fb.gguf", TOKEN).modelName())
                .contains("b");
    }
}
