package dev.melt.virtual.ios.wire;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One connection between a host and the phone, as the phone holds it. One thread may read while another writes; whoever closes it
 * ends the waits of both.
 */
public interface Wire extends Closeable {
    /** What the host sends. */
    InputStream in();

    /** What the host is told; whole messages are to be written at once. */
    OutputStream out();

    /** Says nothing more; what was said arrives, which it may not when the connection is closed while the host still talks. */
    void finish();

    /** Ends both directions at once. */
    @Override
    void close();
}
