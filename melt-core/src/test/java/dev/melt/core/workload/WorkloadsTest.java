package dev.melt.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadsTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    Path home;

    @AfterEach
    void putTheLocaleBack() {
        Locale.setDefault(before);
    }

    private Workloads workloads() {
        return new Workloads(new ConfigFiles(List.of(home)));
    }

    private Workload resolve(String given) {
        return workloads().resolve(given);
    }

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve("workloads").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @CsvSource({
        "pp512-tg128, 512, 128, 0",
        "pp64, 64, 0, 0",
        "tg128, 0, 128, 0",
        "pp512-tg128@d4096, 512, 128, 4096",
        "pp1000000-tg1000000, 1000000, 1000000, 0"
    })
    void readsAPointOfTheTokenGrid(String given, int prompt, int generate, int depth) {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));

        assertThat(resolve(given)).isEqualTo(new TokenGrid(given, List.of(new Point(prompt, generate, depth))));
        assertThat(new Point(prompt, generate, depth)).hasToString(given);
    }

    @Test
    void makesACellOfEachPointOfAList() {
        assertThat(resolve("pp64,pp512-tg32,pp64").expand())
                .extracting(Workload::name)
                .containsExactly("pp64", "pp512-tg32");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pp0                  | 1 to 2000000 needed, 0 found
                    pp1000001            | at most 1000000 tokens allowed, 1000001 found
                    pp512tg128           | points such as pp512-tg128
                    pp512-               | points such as pp512-tg128
                    pp512-tg             | points such as pp512-tg128
                    pp64,                | points such as pp512-tg128
                    tg32-pp64            | 'tg32-pp64' found; write the prompt first
                    pp99999999999999999999 | points such as
                    depth-0,x:pp64       | 'x' found; write depth-0,512,2048:pp64-tg32
                    depth-0:smoke        | 'smoke' found
                    sustained-10lightyears:smoke | a time or a number of turns needed, '10lightyears' found
                    sustained-0s         | seconds of a sustained run: 1 to 604800 needed, 0 found
                    sustained-1min:sustained-1min | a workload that ends by itself needed
                    conversations-50[50] | within 0:50 needed, the set has 50
                    conversations-50[3:3] | an empty part found
                    conversations-50[-1] | '-1' found
                    conversations-50[]   | '' found
                    pp64[0]              | a set of conversations or prompts needed to select from
                    chta-6               | a known name or a pattern needed, there is none such; did you mean chat-6?
                    wholly-unknown-name  | 'melt workloads list' shows all
                    /nowhere/x.yaml      | a file needed, there is none
                    """)
    void refusesWhatIsNoWorkload(String given, String message) {
        assertThatThrownBy(() -> resolve(given))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnEmptyNameAndOneWithANulCharacter() {
        assertThatThrownBy(() -> resolve("")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> resolve("a/\u0000")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void makesACellOfEachDepth() {
        assertThat(resolve("depth-0,512,2048:pp64-tg32").expand())
                .extracting(Workload::name)
                .containsExactly("pp64-tg32", "pp64-tg32@d512", "pp64-tg32@d2048");
    }

    @Test
    void selectsConversationsAndKeepsTheirNumbers() {
        ConversationSet part = (ConversationSet) resolve("conversations-50[3:5]");

        assertThat(part.name()).isEqualTo("conversations-50[3:5]");
        assertThat(part.dialogues()).extracting(Dialogue::id).containsExactly(3, 4);
        assertThat(((ConversationSet) resolve("conversations-50[49]")).dialogues())
                .hasSize(1);
        assertThat(((ConversationSet) resolve("conversations-50[:2]")).dialogues())
                .hasSize(2);
        assertThat(((ConversationSet) resolve("conversations-50[48:]")).dialogues())
                .hasSize(2);
    }

    @Test
    void asksTheSameWhetherNamedOrSelected() {
        assertThat(resolve("chat-6").fingerprint())
                .isEqualTo(resolve("conversations-50[0:6]").fingerprint());
        assertThat(resolve("chat-6").fingerprint())
                .isNotEqualTo(resolve("conversations-50[1:7]").fingerprint());
    }

    @Test
    void readsSustainedRuns() {
        Script byTime = resolve("sustained-10min").script();
        Script byTurns = resolve("sustained-100turns:pp64-tg32").script();

        assertThat(byTime.repeatFor()).contains(Duration.ofMinutes(10));
        assertThat(byTime.turnsInOnePass()).isEqualTo(48);
        assertThat(byTurns.totalTurns()).hasValue(100);
        assertThat(resolve("sustained-1min:pp64,tg32").expand())
                .extracting(Workload::name)
                .containsExactly("sustained-1min:pp64", "sustained-1min:tg32");
    }

    @Test
    void readsAFileOfTheUserByPath() throws IOException {
        Path file = write("mine.yaml", "kind: depth-sweep\npoint: pp8-tg4\ndepths: [0, 16]\n");

        assertThat(resolve(file.toString()).expand())
                .extracting(Workload::name)
                .containsExactly("pp8-tg4", "pp8-tg4@d16");
        assertThat(resolve("mine").summary()).isEqualTo("pp8-tg4 at depths 0, 16");
    }

    @Test
    void readsEveryListedWorkload() {
        assertThat(workloads().list()).hasSizeGreaterThan(6).allSatisfy(listing -> {
            assertThat(listing.about()).isNotEmpty();
            assertThat(listing.workload().expand()).isNotEmpty();
            assertThat(listing.workload().fingerprint()).endsWith("\"version\":1}");
        });
    }

    @Test
    void tellsTheLineWhereAFileNamesAnUnknownWorkload() throws IOException {
        write("mine.yaml", "kind: sustained\nfor: 1min\nover: smoek\n");

        assertThatThrownBy(() -> resolve("mine"))
                .hasMessageContaining("mine.yaml:3:7 over (workload 'smoek'): a known name or a pattern needed")
                .hasMessageContaining("did you mean smoke?");
    }

    @Test
    void refusesFilesThatRestOnEachOther() throws IOException {
        write("a.yaml", "kind: conversations\nfrom: b\n");
        write("b.yaml", "kind: conversations\nfrom: \"a[0]\"\n");

        assertThatThrownBy(() -> resolve("a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a workload that does not rest on itself needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' '", "\"\\0\""})
    void tellsTheLineOfAPromptThatCannotBeUsed(String prompt) throws IOException {
        write("mine.yaml", "kind: conversations\nconversations:\n  - [fine]\n  - [" + prompt + "]\n");

        assertThatThrownBy(() -> resolve("mine"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine.yaml:4:5 conversations[1] (prompt): readable text needed");
    }

    @Test
    void changesTheTokensToGenerateOfTextsOnly() {
        Workload shorter = resolve("chat-6").generating(8);

        assertThat(shorter.script().turn(0).request().generate()).isEqualTo(8);
        assertThat(resolve("sustained-10min")
                        .generating(8)
                        .script()
                        .turn(0)
                        .request()
                        .generate())
                .isEqualTo(8);
        assertThatThrownBy(() -> resolve("pp64").generating(8))
                .hasMessageContaining("leave the option out, or write tg8 in the name");
        assertThatThrownBy(() -> resolve("chat-6").generating(0)).hasMessageContaining("1 to 1000000 needed, 0 found");
    }
}
