package dev.melt.cli.command.ops;

import dev.melt.core.profile.OpProfile;

/** A subject and what its calls merged into. */
record Profiled(Subject subject, OpProfile profile) {}
