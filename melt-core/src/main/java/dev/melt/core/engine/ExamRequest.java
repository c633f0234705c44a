package dev.melt.core.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an examination adds to a request: files that the engine reads line by line, without what is scored. */
record ExamRequest(Examination examination, EngineJob job) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTIONS = "questions.jsonl";
    private static final String TEXT = "text.txt";

    /**
     * The files by name.
     *
     * @param request for the same model and settings, without turns
     * @param base path of the model to compare with
     */
    Map<String, String> inputs(String request, Optional<String> base) {
        ObjectNode root = parsed(request);
        if (examination instanceof Examination.Prose prose) {
            ObjectNode text = root.putObject("text").put("file", TEXT).put("window", prose.window());
            prose.most().ifPresent(most -> text.put("most", most));
            base.ifPresent(path -> text.put("base", path));
            ArrayNode done = text.putArray("done");
            job.finished().keySet().forEach(done::add);
            return Map.of(RequestFile.NAME, root.toString(), TEXT, prose.text());
        }
        root.put("score_file", QUESTIONS);
        return Map.of(RequestFile.NAME, root.toString(), QUESTIONS, lines((Examination.Choices) examination));
    }

    private static ObjectNode parsed(String request) {
        try {
            return (ObjectNode) JSON.readTree(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("MELT wrote it", e);
        }
    }

    private String lines(Examination.Choices choices) {
        StringBuilder lines = new StringBuilder();
        int id = 0;
        for (int i = 0; i < choices.items().size(); i++) {
            Item item = choices.items().get(i);
            if (!job.finished().containsKey(i)) {
                ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", id);
                add(line.putArray("contexts"), item.contexts());
                add(line.putArray("continuations"), item.continuations());
                lines.append(line).append('\n');
            }
            id += item.questions();
        }
        return lines.toString();
    }

    private static void add(ArrayNode list, List<String> texts) {
        texts.forEach(list::add);
    }
}
