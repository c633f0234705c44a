package dev.melt.core.log;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.List;

/** Of Android's logs and of the kernel's: those that memory was the cause of. An exit code tells of the others. */
public final class KillLogDeaths implements DeathReader {
    @Override
    public List<Death> read(SourceText text) throws UnknownOutputException {
        return KillLog.read(text).events().stream()
                .filter(KillEvent::outOfMemory)
                .map(event -> new Death(event.pid(), true, event.words()))
                .toList();
    }
}
