/** Contracts that every driver and agent is run against, and what tests need of the machine they run on. */
@NullMarked
package dev.melt.testkit;

import org.jspecify.annotations.NullMarked;
