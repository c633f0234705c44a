package dev.melt.engines.mlc;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;

/** One of the forms in which figures of MLC-LLM are written down. Stateless. */
interface MlcForm {
    /** Whether a text looks like this form, be it whole or cut off. */
    boolean recognises(String text);

    /**
     * Adds what was measured, and says whether it came to its good end.
     *
     * @throws UnknownOutputException when it is cut off or lacks what must be there
     */
    boolean read(String text, EventLogBuilder log) throws UnknownOutputException;
}
