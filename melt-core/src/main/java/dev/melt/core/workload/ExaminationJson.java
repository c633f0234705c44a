package dev.melt.core.workload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.file.Sha256;

/** What of an examination can change a figure, in few words: its content goes in as a hash. */
final class ExaminationJson {
    private ExaminationJson() {}

    static void addTo(ObjectNode script, Examination examination) {
        ObjectNode node = script.putObject("examination").put("name", examination.name());
        if (examination instanceof Examination.Choices choices) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            choices.items().forEach(item -> items.add(of(item)));
            node.put("items", choices.items().size())
                    .put("questions", choices.questions())
                    .put("sha256", Sha256.of(items.toString()))
                    .put("shots", choices.shots());
        } else if (examination instanceof Examination.Prose prose) {
            node.put("sha256", Sha256.of(prose.text())).put("window", prose.window());
            prose.most().ifPresent(most -> node.put("most", most));
        }
    }

    private static ObjectNode of(Item item) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode contexts = node.putArray("contexts");
        item.contexts().forEach(contexts::add);
        ArrayNode continuations = node.putArray("continuations");
        item.continuations().forEach(continuations::add);
        return node.put("grading", item.grading().toString()).put("group", item.group());
    }
}
