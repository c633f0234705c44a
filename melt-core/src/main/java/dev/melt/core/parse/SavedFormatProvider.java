package dev.melt.core.parse;

import java.util.List;

/** A module's saved formats other than those of engines. Found with {@link java.util.ServiceLoader}; making one costs nothing. */
public interface SavedFormatProvider {
    List<SavedFormat> formats();
}
