package dev.melt.core.workload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.config.ConfigDocument;
import dev.melt.core.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes the workload that a file describes; the schema has been checked, what it cannot say is checked here. */
record WorkloadReader(ConfigDocument document, Function<String, Workload> others) {
    private static final Pattern LOCATED = Pattern.compile(".+:[0-9]+:[0-9]+(?: .*)?", Pattern.DOTALL);

    Workload workload() {
        return switch (root().path("kind").asText()) {
            case "grid" -> at("points", () -> new TokenGrid(name(), points()));
            case "depth-sweep" -> at("depths", () -> new DepthSweep(name(), point("point"), depths()));
            case "prompts" ->
                at("prompts", () -> new PromptSet(name(), texts(root().path("prompts")), chat(), generate()));
            case "conversations" -> conversations();
            case "sustained" -> at("over", () -> new Sustained(name(), others.apply(text("over")), extent()));
            default -> throw new IllegalStateException(document.source() + ": the schema lets through an unknown kind");
        };
    }

    private Workload conversations() {
        if (root().has("from")) {
            return at("from", this::selected);
        }
        List<Dialogue> dialogues = new ArrayList<>();
        JsonPointer list = JsonPointer.empty().appendProperty("conversations");
        for (JsonNode prompts : root().path("conversations")) {
            int id = dialogues.size();
            dialogues.add(located(list.appendIndex(id), () -> new Dialogue(id, texts(prompts))));
        }
        return at("conversations", () -> new ConversationSet(name(), dialogues, generate()));
    }

    private Workload selected() {
        if (others.apply(text("from")) instanceof ConversationSet set) {
            return new ConversationSet(
                    name(), set.dialogues(), root().path("generate").asInt(set.generate()));
        }
        throw new InvalidInputException(
                text("from"), "a set of conversations needed", "another kind of workload found", "name one");
    }

    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        root().path("points").forEach(point -> points.add(WorkloadPattern.point(name(), point.asText())));
        return points;
    }

    private Point point(String key) {
        return WorkloadPattern.point(name(), text(key));
    }

    private List<Integer> depths() {
        List<Integer> depths = new ArrayList<>();
        root().path("depths").forEach(depth -> depths.add(depth.asInt()));
        return depths;
    }

    private Extent extent() {
        if (root().has("turns")) {
            return new Extent.Turns(root().path("turns").asInt());
        }
        return Extent.parse(text("for"))
                .orElseThrow(() -> new InvalidInputException(
                        name(), "a time such as 90s, 10min or 2h needed", "'" + text("for") + "' found", "correct it"));
    }

    private int generate() {
        return root().path("generate").asInt(Workload.USUAL_GENERATE);
    }

    private boolean chat() {
        return root().path("chat").asBoolean(true);
    }

    private String text(String key) {
        return root().path(key).asText();
    }

    private String name() {
        return document.name();
    }

    private JsonNode root() {
        return document.root();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private <T> T at(String key, Supplier<T> value) {
        return located(JsonPointer.empty().appendProperty(key), value);
    }

    /** What a record refuses is told with the line; what another file's fault already tells stays as it is. */
    private <T> T located(JsonPointer where, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException e) {
            throw LOCATED.matcher(e.problem().subject()).matches() ? e : document.fault(where, e);
        }
    }
}
