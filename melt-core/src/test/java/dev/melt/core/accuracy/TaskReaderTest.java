package dev.melt.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskReaderTest {
    @TempDir
    Path folder;

    /** Single quotes stand for double ones. */
    private void write(String file, String... lines) throws IOException {
        Files.writeString(folder.resolve(file), String.join("\n", lines).replace('\'', '"') + "\n");
    }

    private Examination.Choices read(String task, int shots) {
        return (Examination.Choices)
                new TaskReader(folder, OptionalInt.empty(), shots).read(task).examination();
    }

    private Item only(String task) {
        assertThat(read(task, 0).items()).hasSize(1);
        return read(task, 0).items().get(0);
    }

    @Test
    void hellaswagIsCleanedAsTheHarnessDoes() throws IOException {
        write(
                "hellaswag.jsonl",
                "{'activity_label':'Baking','ctx_a':'A man [step] stirs.','ctx_b':'then HE',"
                        + "'endings':[' eats [title] it  all.','[x] stops.'],'label':'1'}");

        Item item = only("hellaswag");

        assertThat(item.contexts()).containsExactly("Baking: A man stirs. Then he");
        assertThat(item.continuations()).containsExactly(" eats. it all.", "  stops.");
        assertThat(item.grading()).isEqualTo(new Grading.Best(1, List.of(13, 7)));
    }

    @Test
    void winograndeVariesTheContextAndScoresTheRest() throws IOException {
        write(
                "winogrande.jsonl",
                "{'sentence':'The jug fits, for the _ is  small.','option1':'jug','option2':'box','answer':'1'}");

        Item item = only("winogrande");

        assertThat(item.contexts()).containsExactly("The jug fits, for the jug", "The jug fits, for the box");
        assertThat(item.continuations()).containsExactly(" is  small.");
        assertThat(item.grading()).isEqualTo(new Grading.Best(0, List.of()));
    }

    @Test
    void arcTakesTheAnswerByItsLabelWhateverThatIs() throws IOException {
        write(
                "arc_easy.jsonl",
                "{'question':'Why?','choices':{'text':['so','é\uD83D\uDE00'],'label':['1','2']},'answerKey':'2'}");

        Item item = only("arc_easy");

        assertThat(item.contexts()).containsExactly("Question: Why?\nAnswer:");
        assertThat(item.grading()).as("lengths in characters").isEqualTo(new Grading.Best(1, List.of(2, 2)));
    }

    @Test
    void mmluNamesTheSubjectAndTakesExamplesOfItsOwn() throws IOException {
        write("mmlu.jsonl", "{'question':' What? ','subject':'high_school_x','choices':['p','q','r','s'],'answer':3}");
        write(
                "mmlu.fewshot.jsonl",
                "{'question':'Not mine','subject':'other','choices':['p','q','r','s'],'answer':0}",
                "{'question':'First','subject':'high_school_x','choices':['1','2','3','4'],'answer':1}");

        Examination.Choices exam = read("mmlu", 1);

        assertThat(exam.name()).isEqualTo("mmlu-1shot");
        assertThat(exam.items().get(0).contexts())
                .containsExactly("The following are multiple choice questions (with answers) about high school x.\n\n"
                        + "First\nA. 1\nB. 2\nC. 3\nD. 4\nAnswer: B\n\nWhat?\nA. p\nB. q\nC. r\nD. s\nAnswer:");
        assertThat(exam.items().get(0).continuations()).containsExactly(" A", " B", " C", " D");
    }

    @Test
    void truthfulqaAsksOnceWhatStandsInBothListsBehindThePreamble() throws IOException {
        write("truthfulqa.prompt.txt", "Q: One?", "A: Yes.");
        write(
                "truthfulqa.jsonl",
                "{'question':'Is it?','mc1_targets':{'choices':['yes','no'],'labels':[1,0]},"
                        + "'mc2_targets':{'choices':['yes','sure','no'],'labels':[1,1,0]}}");

        Item item = only("truthfulqa");

        assertThat(item.contexts()).containsExactly("Q: One?\nA: Yes.\n\nQ: Is it?\nA:");
        assertThat(item.continuations()).containsExactly(" yes", " no", " sure");
        assertThat(item.grading()).isEqualTo(new Grading.Truth(List.of(0, 1), List.of(0, 2, 1), 2));
    }

    @Test
    void lambadaCutsTheLastWordOff() throws IOException {
        write("lambada_openai.jsonl", "{'text':'the end of it'}");

        assertThat(only("lambada_openai").contexts()).containsExactly("the end of");
        assertThat(only("lambada_openai").continuations()).containsExactly(" it");
    }

    @ParameterizedTest
    @EnumSource
    void aSampleShipsWithEachTask(AccuracyTask task) {
        assertThat(read(task.sample(), 0).items()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(AccuracyTask.named(task.id())).isEqualTo(task);
    }

    @Test
    void theLimitIsOfEachGroup() {
        Examination.Choices exam = (Examination.Choices) new TaskReader(folder, OptionalInt.of(2), 0)
                .read("melt-mmlu-sample")
                .examination();

        assertThat(exam.items()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hellaswag | {'activity_label':'a','ctx_a':'b','endings':['c'],'label':'0'} | :2: field 'ctx_b'",
                "hellaswag | {'activity_label':'a','ctx_a':'b','ctx_b':'','endings':['c'],'label':'1'} | 0 to 0",
                "winogrande | {'sentence':'no gap','option1':'a','option2':'b','answer':'1'} | a gap written _",
                "mmlu | {'question':'q','subject':'s','choices':['a'],'answer':0} | four texts",
                "arc_easy | {'question':'q','choices':{'text':['a'],'label':['A']},'answerKey':'B'} | one of A",
                "lambada_openai | {'text':7} | found 7",
                "lambada_openai | [1] | one JSON object in a line",
                "lambada_openai | {'text' | one JSON object in a line"
            })
    void refusesARowWithItsLine(String task, String row, String message) throws IOException {
        write(task + ".jsonl", "", row);

        assertThatThrownBy(() -> read(task, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.resolve(task + ".jsonl") + ":2: ")
                .hasMessageContaining(message);
    }

    @Test
    void offersTheNearestTaskAndSaysWhereSetsAre() {
        assertThatThrownBy(() -> read("helaswag", 0)).hasMessageContaining("did you mean hellaswag");
        assertThatThrownBy(() -> read("hellaswag", 0))
                .hasMessageContaining("no such file")
                .hasMessageContaining("measure-accuracy.md");
    }
}
