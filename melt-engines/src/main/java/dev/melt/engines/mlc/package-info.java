/** MLC-LLM: its server, its chat programs of several years, MELT's apps on phones, its benchmark. */
@NullMarked
package dev.melt.engines.mlc;

import org.jspecify.annotations.NullMarked;
