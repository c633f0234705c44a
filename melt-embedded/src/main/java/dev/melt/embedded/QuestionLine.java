package dev.melt.embedded;

import dev.melt.embedded.Request.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one line of a file of questions: contexts and continuations that belong together, paired by their place. Where one
 * list has a single text, that one goes with each of the other's. The questions are numbered from {@code id} on.
 */
final class QuestionLine {
    private QuestionLine() {}

    static List<Question> read(String where, String line) {
        Fields fields = new Fields(where, JsonTree.parse(where, line));
        int id = fields.requiredInteger("id", 0, Integer.MAX_VALUE);
        List<String> contexts = texts(fields, "contexts");
        List<String> continuations = texts(fields, "continuations");
        fields.refuseOthers();
        int count = Math.max(contexts.size(), continuations.size());
        if ((contexts.size() != count && contexts.size() != 1)
                || (continuations.size() != count && continuations.size() != 1)) {
            throw Fields.wrong(
                    fields.at("contexts"),
                    "as many as continuations, or one",
                    contexts.size() + " beside " + continuations.size());
        }
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            questions.add(new Question(
                    id + i, contexts.get(i % contexts.size()), continuations.get(i % continuations.size())));
        }
        return questions;
    }

    private static List<String> texts(Fields fields, String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : fields.list(name)) {
            if (!(element instanceof String text)) {
                throw Fields.wrong(fields.at(name), "texts", element);
            }
            texts.add(text);
        }
        if (texts.isEmpty()) {
            throw Fields.wrong(fields.at(name), "at least one text", "none");
        }
        return texts;
    }
}
