package dev.melt.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import dev.melt.core.problem.InvalidInputException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static final String SIGNS = ":-[]{}&*!|>'\"#?%@`\n \t,\\ax0~";

    private static ConfigDocument read(String text) {
        return YamlReader.read("x", "x.yaml", text);
    }

    @Test
    void knowsWhereKeysAndValuesStand() {
        ConfigDocument document = read("kind: grid\npoints:\n  - pp64\n  - pp512\n");

        assertThat(document.markOf(JsonPointer.compile("/points/1"))).isEqualTo(new Mark(4, 5));
        assertThat(document.markOfKey(JsonPointer.compile("/points"))).isEqualTo(new Mark(2, 1));
        assertThat(document.markOf(JsonPointer.compile("/points/7"))).isEqualTo(new Mark(3, 3));
    }

    @Test
    void tellsTheKeyPathOfAFault() {
        ConfigDocument document = read("a:\n  b:\n    - [x, y]\n");

        assertThat(document.fault(JsonPointer.compile("/a/b/0/1"), "z needed", "y found", "write z"))
                .hasMessage("x.yaml:3:11 a.b[0][1]: z needed, y found; write z");
    }

    @Test
    void takesOnlyTrueAndFalseForWhatTheySay() {
        assertThat(read("a: yes\nb: no\nc: off\nd: false\ne: ''\n").root())
                .hasToString("{\"a\":\"yes\",\"b\":\"no\",\"c\":\"off\",\"d\":false,\"e\":\"\"}");
    }

    @Test
    void readsEachKindOfValue() {
        assertThat(read("a: text\nb: 12\nc: -1.5\nd: true\ne:\nf: 'yes'\n").root())
                .hasToString("{\"a\":\"text\",\"b\":12,\"c\":-1.5,\"d\":true,\"e\":null,\"f\":\"yes\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'a: [1\nb: 2'             | x.yaml:2:2: YAML needed
                    'a:\n\t- b'               | x.yaml:2:1: YAML needed
                    'a: |\n  x\n y\n'         | x.yaml:3:2: YAML needed
                    '? [x]\n: 1'              | x.yaml:1:4: YAML needed
                    'a: 1\nb: 2\na: 3'        | x.yaml:3:1 a: each key once needed, a second 'a' found, the first is in line 1
                    'a: 1\n---\nb: 2'         | x.yaml:3:1: one document a file needed
                    'b: &q [1]\na: *q'        | x.yaml:2:4 a: plain YAML needed, an alias found
                    'a: !!binary aGk='        | x.yaml:1:4 a: plain YAML needed, a tag found
                    'a: 0x1F'                 | x.yaml:1:4 a: a plain decimal number needed, '0x1F' found
                    'a: 010'                  | x.yaml:1:4 a: a plain decimal number needed, '010' found
                    'a: .inf'                 | x.yaml:1:4 a: a plain decimal number needed, '.inf' found
                    'a: 1e999'                | x.yaml:1:4 a: a plain decimal number needed, '1e999' found
                    '- a'                     | x.yaml:1:1: keys with values needed
                    '# only a remark'         | keys with values needed, the file is empty
                    """)
    void tellsTheLineOfWhatIsNotPlainYaml(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnAliasBombAtItsFirstAlias() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append(String.format("a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> read(bomb.toString())).hasMessageStartingWith("x.yaml:2:10 a1[0]: plain YAML needed");
    }

    @ParameterizedTest
    @ValueSource(ints = {YamlReader.DEEPEST, YamlReader.DEEPEST + 1, 50_000})
    void limitsTheDepth(int levels) {
        String text = "a: " + "[".repeat(levels - 1) + "1" + "]".repeat(levels - 1);
        if (levels <= YamlReader.DEEPEST) {
            assertThat(read(text).root().has("a")).isTrue();
        } else {
            assertThatThrownBy(() -> read(text)).hasMessageContaining("at most 32 levels allowed");
        }
    }

    @Test
    void limitsTheNumberOfValues() {
        String many = "a: [" + "1,".repeat(YamlReader.MOST_VALUES) + "]";

        assertThatThrownBy(() -> read(many)).hasMessageContaining("at most 100000 values allowed");
    }

    @Test
    void complainsAboutWhateverBytesSomebodyMixesUp() {
        Random random = new Random(7);
        String text = "kind: grid\nabout: 'x: y'\npoints:\n  - pp64\n  - \"a\\n\"\n  - {a: [1, 2]}\n";
        for (int i = 0; i < 3000; i++) {
            StringBuilder mixed = new StringBuilder(text);
            for (int j = 0; j < 3; j++) {
                mixed.setCharAt(random.nextInt(mixed.length()), SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            readOrComplain(mixed.toString());
        }
    }

    private static void readOrComplain(String text) {
        try {
            assertThat(read(text).root().isObject()).isTrue();
        } catch (InvalidInputException e) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> read(text))
                    .withMessageMatching("x\\.yaml:[0-9]+:[0-9]+.*: .+, .+; .+");
        }
    }
}
