package dev.melt.engines.llamacpp;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Placement;
import java.util.Map;
import java.util.TreeMap;

/** Where a bundle's programs and libraries lie on the device, and the variables by which they find each other. */
record LlamaPlace(Bundle bundle, Placement placement) {
    /** The absolute path of the first of these programs that the bundle has. */
    String program(String... names) {
        return placement.file(bundle.tool(names).orElseThrow().name());
    }

    /** The bundle's own variables win. */
    Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("LC_ALL", "C");
        variables.put("GGML_NO_BACKTRACE", "1");
        variables.put(
                "LD_LIBRARY_PATH", placement.file("lib") + ":" + placement.file("bin") + ":" + placement.bundle());
        variables.putAll(bundle.environmentIn(placement.bundle()));
        return variables;
    }
}
