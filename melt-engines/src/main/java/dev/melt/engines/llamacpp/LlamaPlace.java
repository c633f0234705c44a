package dev.melt.engines.llamacpp;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Placement;
import dev.melt.engines.ask.ToolBundle;
import java.util.Map;
import java.util.TreeMap;

/** Where a bundle's programs lie on the device, and the variables by which they find their libraries. */
public record LlamaPlace(Bundle bundle, Placement placement) {
    /** The absolute path of the first of these programs that the bundle has. */
    public String program(String... names) {
        return new ToolBundle(bundle).path(placement, names);
    }

    /** The bundle's own variables win. */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>(Map.of("GGML_NO_BACKTRACE", "1"));
        variables.putAll(new ToolBundle(bundle).environment(placement));
        return variables;
    }
}
