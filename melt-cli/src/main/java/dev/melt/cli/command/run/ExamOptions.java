package dev.melt.cli.command.run;

import dev.melt.cli.Session;
import dev.melt.core.accuracy.TaskReader;
import dev.melt.core.accuracy.TextReader;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What models are examined with, as options of a command. */
final class ExamOptions {
    @Option(
            names = "--tasks",
            split = ",",
            paramLabel = "NAME",
            description = "hellaswag, winogrande, arc_easy, arc_challenge, truthfulqa, mmlu, openbookqa,"
                    + " lambada_openai; or a small set that ships with MELT, such as melt-hellaswag-sample")
    private List<String> tasks = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where TASK.jsonl lies (default: the folder accuracy in MELT's home)")
    private @Nullable String data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "the first N items of each task, of each subject of mmlu; the first N windows of a text")
    private @Nullable Integer limit;

    @Option(
            names = "--fewshot",
            paramLabel = "N",
            description = "examples before each question, from TASK.fewshot.jsonl (default: 0)")
    private int shots;

    @Option(
            names = "--text",
            paramLabel = "FILE",
            description = "a text whose perplexity is measured; melt-text-sample ships with MELT")
    private @Nullable String text;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "tokens of a window of the text, of which the second half is scored (default: 512)")
    private int window = 512;

    boolean onlyText() {
        return text != null && tasks.isEmpty();
    }

    List<Workload> read(Session session) {
        if (tasks.isEmpty() && text == null) {
            throw new InvalidInputException(
                    "melt accuracy",
                    "something to examine the model with expected",
                    "neither --tasks nor --text given",
                    "try --tasks melt-hellaswag-sample");
        }
        bounded("--limit", limit == null ? 1 : limit, 1);
        bounded("--fewshot", shots, 0);
        OptionalInt most = limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
        List<Workload> exams = new ArrayList<>();
        TaskReader reader = new TaskReader(folder(session), most, shots);
        tasks.stream().distinct().forEach(task -> exams.add(reader.read(task)));
        if (text != null) {
            exams.add(
                    text.equals(TextReader.SAMPLE)
                            ? TextReader.sample(window, most)
                            : TextReader.read(session.path("--text", text), window, most));
        }
        return exams;
    }

    private static void bounded(String option, int value, int least) {
        if (value < least || value > 1_000_000) {
            throw new InvalidInputException(
                    option + " " + value, least + " to 1000000 expected", "found another number", "correct it");
        }
    }

    private Path folder(Session session) {
        if (data == null) {
            return session.home().resolve("accuracy");
        }
        Path folder = session.path("--data", data);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    "--data " + folder, "a folder with TASK.jsonl expected", "there is none", "check the path");
        }
        return folder;
    }
}
