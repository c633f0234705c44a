/**
 * llama.cpp in all its forms: what its programs print, over the years, read into events; its programs started one process a
 * turn, and its server asked over HTTP. Which options a build has is read from its own help text on the device, for a build's
 * number is often missing and never exact about what was compiled in.
 */
@NullMarked
package dev.melt.engines.llamacpp;

import org.jspecify.annotations.NullMarked;
