/**
 * TLS as a phone speaks it with a host that it trusts. Not the JDK's: that one refuses to read the certificates of pair records, whose
 * names are empty.
 */
@NullMarked
package dev.melt.virtual.ios.tls;

import org.jspecify.annotations.NullMarked;
