package dev.melt.cli.command.ops;

import dev.melt.core.profile.DeviceTotal;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.profile.SummaryLine;
import dev.melt.core.profile.Weight;
import java.util.List;
import java.util.function.BiConsumer;

/** Hands every call to whoever writes calls, on its way to being merged. */
record CallRows(Subject subject, ProfileSink merged, List<BiConsumer<Subject, OpCall>> writers) implements ProfileSink {
    CallRows {
        writers = List.copyOf(writers);
    }

    @Override
    public void call(OpCall call) {
        merged.call(call);
        writers.forEach(writer -> writer.accept(subject, call));
    }

    @Override
    public void summary(SummaryLine line) {
        merged.summary(line);
    }

    @Override
    public void device(DeviceTotal total) {
        merged.device(total);
    }

    @Override
    public void weight(Weight weight) {
        merged.weight(weight);
    }

    @Override
    public void fact(String key, String value) {
        merged.fact(key, value);
    }

    @Override
    public void fault(String what) {
        merged.fault(what);
    }
}
