package dev.melt.cli.command.ops;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.profile.ProfileSink;
import java.io.IOException;
import java.util.function.Function;

/** Where operators come from. */
interface ProfileSource {
    /**
     * Reads all once.
     *
     * @param sinks gives the sink of a subject; asked once for each
     * @throws UnknownOutputException when there are no operators; says what was expected and what to do
     */
    void read(Function<Subject, ProfileSink> sinks) throws IOException, UnknownOutputException;
}
