package dev.melt.embedded.llama;

import com.sun.jna.Structure;

/** {@code struct llama_sampler_chain_params}, passed by value. Public because JNA makes it by reflection. */
@Structure.FieldOrder("noPerf")
public final class SamplerChainParams extends Structure implements Structure.ByValue {
    public byte noPerf;
}
