/** What is asked of a model: workloads, how a person names them, and the engine-neutral script that each comes down to. */
@NullMarked
package dev.melt.core.workload;

import org.jspecify.annotations.NullMarked;
