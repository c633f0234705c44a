/** OpenSSH's daemon and keys, for one virtual device each. */
@NullMarked
package dev.melt.virtual.ssh;

import org.jspecify.annotations.NullMarked;
