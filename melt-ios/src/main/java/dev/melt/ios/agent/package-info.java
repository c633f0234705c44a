/** The agent that is an app: its jobs, its status, its store, and what the host samples beside it. */
@NullMarked
package dev.melt.ios.agent;

import org.jspecify.annotations.NullMarked;
