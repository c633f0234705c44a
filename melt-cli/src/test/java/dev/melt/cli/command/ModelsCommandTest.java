package dev.melt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path home;

    @Test
    void makesListsShowsAndRemovesAModel() throws IOException {
        JsonNode made = json("models", "synth", "tiny", "--json");
        assertThat(made.path("name").asText()).isEqualTo("tiny-q4_0");
        assertThat(made.path("synthetic").asBoolean()).isTrue();
        assertThat(made.path("sha256").asText()).hasSize(64);

        JsonNode first = json("models", "list", "--json").get(0);
        assertThat(first.path("name").asText()).isEqualTo("tiny-q4_0");
        assertThat(first.path("kind").asText()).isEqualTo("synthetic");
        assertThat(json("models", "show", "tiny", "--json").path("sha256")).isEqualTo(made.path("sha256"));

        assertThat(Launched.at(home, "models", "remove", "tiny-q4_0").exitCode())
                .isZero();
        assertThat(json("models", "list", "--json").get(0).path("kind").asText())
                .isEqualTo("shape");
    }

    @Test
    void saysWhenAModelIsHereAlreadyAndMakesItAnewWhenForced() {
        Launched.at(home, "models", "synth", "tiny");

        assertThat(Launched.at(home, "models", "synth", "tiny").err()).contains("it is here already");
        assertThat(Launched.at(home, "models", "synth", "tiny", "--force").err())
                .contains("made 9.5 MB");
    }

    @Test
    void tellsMoreOfAFileWhenAsked() throws IOException {
        Launched.at(home, "models", "synth", "tiny", "--quiet");

        JsonNode brief = json("models", "inspect", "tiny", "--context", "64", "--json");
        JsonNode whole = json("models", "inspect", "tiny", "--tensors", "--metadata", "--json");

        assertThat(brief.path("context").asInt()).isEqualTo(64);
        assertThat(brief.has("tensors")).isFalse();
        assertThat(whole.path("total_bytes").asLong())
                .isGreaterThan(brief.path("total_bytes").asLong());
        assertThat(whole.path("tensors")).hasSize(38);
        assertThat(whole.path("metadata").path("general.architecture").asText()).isEqualTo("llama");
    }

    @Test
    void looksWithoutMakingAHome() {
        Path absent = home.resolve("absent");

        assertThat(Launched.at(absent, "models", "list").exitCode()).isZero();
        assertThat(Launched.at(absent, "runs", "--json").out()).isEqualToNormalizingNewlines("[ ]\n");
        assertThat(absent).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "synth,tinny,did you mean tiny",
        "synth,tiny-q9,did you mean tiny-q4_0",
        "show,llama2-7,did you mean llama2-7b",
        "inspect,tiny,it is a shape that has not been made yet",
        "inspect,/nowhere/x.gguf,no such file",
        "remove,tiny,a model in MELT's home needed",
        "pull,ftp://host/file.gguf,https expected",
        "pull,https://user:secret@host/file.gguf,a password in it",
    })
    void refusesWhatItCannotUse(String command, String argument, String finding) {
        Launched launched = Launched.at(home, "models", command, argument);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err().lines())
                .singleElement()
                .asString()
                .contains(finding)
                .doesNotContain("secret");
    }

    @Test
    void keepsTheOtherModelsInTheListWhenOneIsDamaged() throws IOException {
        Launched.at(home, "models", "synth", "tiny");
        Files.writeString(home.resolve("models/broken.gguf"), "no model");

        Launched launched = Launched.at(home, "models", "list");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.out()).contains("tiny-q4_0");
        assertThat(launched.err()).startsWith("melt: left out broken.gguf: ");
    }

    @Test
    void pullsAModelUnderItsName() throws IOException {
        Launched.at(home.resolve("source"), "models", "synth", "tiny");
        byte[] model = Files.readAllBytes(home.resolve("source/models/tiny-q4_0.gguf"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, model.length);
            exchange.getResponseBody().write(model);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/some/model.gguf";

            Launched pulled = Launched.at(home, "models", "pull", address, "--json");
            Launched again = Launched.at(home, "models", "pull", address);

            assertThat(pulled.err()).isEmpty();
            assertThat(JSON.readTree(pulled.out()).path("name").asText()).isEqualTo("model");
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(again.err()).contains("a free name needed", "--force");
        } finally {
            server.stop(0);
        }
    }

    private JsonNode json(String... args) throws IOException {
        Launched launched = Launched.at(home, args);
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return JSON.readTree(launched.out());
    }
}
