/** What runs engines, and how it is reached. */
@NullMarked
package dev.melt.core.device;

import org.jspecify.annotations.NullMarked;
