package dev.melt.android.control;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.remote.Commands;
import dev.melt.core.remote.Rights;
import java.time.Duration;

/** How a device's shell becomes root, if it can. Nobody is there to answer a dialog: a su that asks counts as none. */
enum Root implements Rights {
    /** adb itself runs as root: {@code adb root} on a userdebug build. */
    ADB {
        @Override
        public String wrap(String script) {
            return script;
        }
    },
    /** The su of Magisk and its like. */
    SU {
        @Override
        public String wrap(String script) {
            return "su -c " + quote(script);
        }
    },
    /** The su of userdebug builds. */
    SU_NUMBER {
        @Override
        public String wrap(String script) {
            return "su 0 sh -c " + quote(script);
        }
    },
    NONE {
        @Override
        public String wrap(String script) {
            return "false";
        }
    };

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final String PROBE = "R=none; case $(id) in *uid=0[!0-9]*) R=adb ;; *)"
            + " if command -v su >/dev/null 2>&1; then"
            + " case $(su -c id </dev/null 2>/dev/null) in *uid=0[!0-9]*) R=su ;; *)"
            + " case $(su 0 id </dev/null 2>/dev/null) in *uid=0[!0-9]*) R=su_number ;; esac ;; esac; fi ;; esac; echo $R";

    static Root of(Commands shell) {
        String said = shell.run(PROBE, ANSWER).stdout().strip();
        for (Root root : values()) {
            if (root.name().equalsIgnoreCase(said)) {
                return root;
            }
        }
        return NONE;
    }
}
