package dev.melt.ios.agent;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.Death;
import dev.melt.core.log.DeathReader;
import dev.melt.core.parse.SourceText;
import dev.melt.ios.parse.CrashReport;
import dev.melt.ios.parse.Jetsam;
import java.util.List;

/** Of what a phone logs and reports of apps that ended: those whose memory iOS took, and crashes. */
public final class IosDeaths implements DeathReader {
    @Override
    public List<Death> read(SourceText text) throws UnknownOutputException {
        try {
            return Jetsam.read(text).victims().stream()
                    .map(victim -> new Death(victim.pid(), true, victim.words()))
                    .toList();
        } catch (UnknownOutputException noJetsam) {
            CrashReport crash = CrashReport.read(String.join("\n", text.lines()) + "\n");
            return List.of(new Death(crash.pid(), false, crash.words()));
        }
    }
}
