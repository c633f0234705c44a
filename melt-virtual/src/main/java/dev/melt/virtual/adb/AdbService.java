package dev.melt.virtual.adb;

import java.io.IOException;

/** What answers on a stream, in a thread of its own. The stream is closed when it returns. */
interface AdbService {
    /** Serves until its work is done or the peer has gone. */
    void serve(AdbStream stream) throws IOException;
}
