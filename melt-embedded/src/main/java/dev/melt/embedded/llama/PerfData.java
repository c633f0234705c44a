package dev.melt.embedded.llama;

import com.sun.jna.Structure;

/** {@code struct llama_perf_context_data}, returned by value; times in ms. Public because JNA makes it by reflection. */
@Structure.FieldOrder({"startMs", "loadMs", "promptEvalMs", "evalMs", "promptEvals", "evals"})
public final class PerfData extends Structure implements Structure.ByValue {
    public double startMs;
    public double loadMs;
    public double promptEvalMs;
    public double evalMs;
    public int promptEvals;
    public int evals;
}
