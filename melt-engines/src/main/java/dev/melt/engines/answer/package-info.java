/** What one or several processes of an engine left, read turn by turn, with failures told apart from figures. */
@NullMarked
package dev.melt.engines.answer;

import org.jspecify.annotations.NullMarked;
