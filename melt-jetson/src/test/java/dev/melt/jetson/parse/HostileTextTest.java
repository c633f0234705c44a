package dev.melt.jetson.parse;

import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.testkit.SavedFormatContract;
import java.util.List;

class HostileTextTest implements SavedFormatContract {
    @Override
    public SavedFormatProvider formats() {
        return new JetsonFormats();
    }

    @Override
    public String example(String kind) {
        return Saved.example(kind);
    }

    @Override
    public List<String> noOutput() {
        return List.of("", "\n", "sh: tegrastats: not found\n", "cat: /etc/nv_tegra_release: Permission denied\n");
    }
}
