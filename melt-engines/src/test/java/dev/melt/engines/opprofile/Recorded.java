package dev.melt.engines.opprofile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.profile.DeviceTotal;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.ProfileSink;
import dev.melt.core.profile.SummaryLine;
import dev.melt.core.profile.Weight;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that a reader handed on. */
final class Recorded implements ProfileSink {
    final List<OpCall> calls = new ArrayList<>();
    final List<SummaryLine> summaries = new ArrayList<>();
    final List<DeviceTotal> devices = new ArrayList<>();
    final List<Weight> weights = new ArrayList<>();
    final SortedMap<String, String> facts = new TreeMap<>();
    final List<String> faults = new ArrayList<>();

    static Recorded of(ProfileLog log, String text) throws IOException, UnknownOutputException {
        Recorded recorded = new Recorded();
        log.read(new ByteArrayInputStream(text.getBytes(UTF_8)), recorded);
        return recorded;
    }

    @Override
    public void call(OpCall call) {
        calls.add(call);
    }

    @Override
    public void summary(SummaryLine line) {
        summaries.add(line);
    }

    @Override
    public void device(DeviceTotal total) {
        devices.add(total);
    }

    @Override
    public void weight(Weight weight) {
        weights.add(weight);
    }

    @Override
    public void fact(String key, String value) {
        facts.put(key, value);
    }

    @Override
    public void fault(String what) {
        faults.add(what);
    }
}
