package dev.melt.engines.llamacpp;

import dev.melt.engines.answer.ProcessOutput;
import java.util.Optional;

/** One way in which programs of llama.cpp print what they measured. Stateless. */
interface OutputForm {
    /** What is in it; empty for output of another form. */
    Optional<Findings> read(ProcessOutput output);
}
