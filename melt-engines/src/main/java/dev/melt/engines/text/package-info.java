/** What engines print, made readable: lines without terminal codes, numbers of any locale. */
@NullMarked
package dev.melt.engines.text;

import org.jspecify.annotations.NullMarked;
