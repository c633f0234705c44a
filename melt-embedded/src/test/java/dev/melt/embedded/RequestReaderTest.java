package dev.melt.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.embedded.llama.CacheType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    @TempDir
    Path folder;

    private Request read(String json) throws IOException {
        return RequestReader.read(Files.writeString(folder.resolve("request.json"), json.replace('\'', '"')));
    }

    private Request readTurns(String turns) throws IOException {
        return read("{'model':'m','conversations':[{'id':0,'chat':true,'turns':[" + turns + "]}]}");
    }

    @Test
    void settingsHaveTheEnginesDefaults() throws IOException {
        Settings settings = readTurns("{'turn':0,'prompt':'x'}").settings();

        assertThat(settings.shape().batch()).isEqualTo(2048);
        assertThat(settings.shape().ubatch()).isEqualTo(512);
        assertThat(settings.shape().keys()).isEqualTo(CacheType.F16);
        assertThat(settings.choice().temperature()).isZero();
        assertThat(settings.mmap()).isTrue();
        assertThat(settings.warmup()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | request.model: expected a text",
                "[] | request: expected an object",
                "{'model':'m'} | expected conversations, score, score_file or text",
                "{'model':'m','model':'n'} | Duplicate field",
                "{'model':'m','x':1} | request.x: unknown; known are conversations, model",
                "{'model':'m','repeat':{}} | expected seconds or turns",
                "{'model':'m','score':[{'id':0}]} | request.score[0].continuation: expected a text",
                "{'model':7} | request.model: expected a text, found 7",
                "{'model':'m'} {} | more than one JSON value"
            })
    void refusesWhatIsNotARequest(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(WorkerException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'turn':0} | expected prompt or prompt_tokens, found neither",
                "{'turn':0,'prompt':'x','prompt_tokens':1} | found both",
                "{'turn':0,'prompt_tokens':0} | expected a whole number from 1",
                "{'turn':-1,'prompt':'x'} | turns[0].turn: expected a whole number from 0",
                "{'turn':0,'prompt':'x'},{'turn':0,'prompt':'x'} | turns[1].turn: expected a number no other turn has",
                "{'turn':0,'prompt':'x'},{'turn':1,'prompt':'x','depth':1} | expected 0 in a chat that goes on",
                "{'turn':0,'prompt':'x','generate':1.5} | found 1.5",
                "{'turn':99999999999,'prompt':'x'} | found 99999999999"
            })
    void refusesWhatIsNotATurn(String turns, String message) {
        assertThatThrownBy(() -> readTurns(turns))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{'model':'a\\u0000b','score':[]}", "nul", "{'model':1e999}"})
    void refusesHostileText(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(WorkerException.class);
    }

    @Test
    void refusesEndlessNesting() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(WorkerException.class);
    }

    @Test
    void takesTheSmallestOfEachTurn() throws IOException {
        Request request = readTurns("{'turn':0,'prompt_tokens':1,'generate':0,'depth':0}");

        assertThat(request.longestAnswer()).isZero();
        assertThat(request.lastTurnNumber()).isZero();
    }
}
