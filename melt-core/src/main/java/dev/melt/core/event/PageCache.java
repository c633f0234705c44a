package dev.melt.core.event;

/** Whether a model's pages were in the page cache when it was loaded. */
public enum PageCache {
    COLD,
    WARM,
    UNKNOWN
}
