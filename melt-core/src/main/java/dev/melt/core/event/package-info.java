/** What an engine did when: spans on the device's boot clock. */
@NullMarked
package dev.melt.core.event;

import org.jspecify.annotations.NullMarked;
