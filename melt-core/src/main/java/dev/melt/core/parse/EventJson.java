package dev.melt.core.parse;

import dev.melt.core.event.Event;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An event as a map for JSON, under the names of the agent protocol's event lines. */
final class EventJson {
    private EventJson() {}

    static Map<String, Object> of(Event event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("e", event instanceof Event.Op ? "op" : event.name());
        event.turnIndex().ifPresent(turn -> json.put("turn", turn));
        if (!(event instanceof Event.Token)) {
            json.put("start", event.startNanos());
        }
        json.put("end", event.endNanos());
        own(event, json);
        return json;
    }

    private static void own(Event event, Map<String, Object> json) {
        if (event instanceof Event.Load load) {
            json.put("cache", load.cache().name().toLowerCase(Locale.ROOT));
        } else if (event instanceof Event.Turn turn) {
            json.put("conversation", turn.conversation());
            json.put("generated", turn.generated());
            json.put("depth", turn.depth());
        } else if (event instanceof Event.Tokenize tokenize) {
            json.put("tokens", tokenize.tokens());
        } else if (event instanceof Event.Prefill prefill) {
            json.put("tokens", prefill.tokens());
            json.put("cached", prefill.cached());
        } else if (event instanceof Event.Decode decode) {
            json.put("steps", decode.steps());
        } else if (event instanceof Event.Token token) {
            json.put("i", token.index());
            token.id().ifPresent(id -> json.put("id", id));
            token.logitsNanos().ifPresent(at -> json.put("logits", at));
        } else if (event instanceof Event.Op op) {
            json.put("phase", op.phase().name().toLowerCase(Locale.ROOT));
            json.put("graph", op.graph());
            json.put("op", op.op());
            json.put("name", op.tensor());
            json.put("type", op.type());
            json.put("shape", op.shape());
        }
    }
}
