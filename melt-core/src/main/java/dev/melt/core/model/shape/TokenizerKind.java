package dev.melt.core.model.shape;

/** How a family cuts text: SentencePiece with byte tokens, or byte-pair merges over GPT-2's byte alphabet. */
public enum TokenizerKind {
    SPM,
    BPE
}
