package dev.melt.ios.link;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.ios.mux.LockdownException;
import java.util.Map;
import java.util.function.Supplier;

/** What a phone's refusals mean to somebody who has a run on it. */
public final class Refusals {
    /** What a person can mend while MELT waits. */
    private static final Map<String, String> FOR_NOW = Map.of(
            "PasswordProtected", "the phone is locked; unlock it, and set Auto-Lock to Never for runs",
            "DeviceLocked", "the phone is locked; unlock it, and set Auto-Lock to Never for runs",
            "PairingDialogResponsePending", "the phone asks whether to trust this computer; unlock it and tap Trust");

    private static final Map<String, String> FOR_GOOD = Map.of(
            "InvalidHostID", "the phone is not paired with this host; pair it with: idevicepair pair",
            "UserDeniedPairing", "somebody tapped Don't Trust on the phone; pair again with: idevicepair pair",
            "InvalidPairRecord",
                    "the pairing is no longer valid; pair again: idevicepair unpair, then idevicepair pair");

    private Refusals() {}

    /** Does it; a refusal of lockdown is thrown as what it is for the link. */
    public static <T> T asDeviceException(String label, Supplier<T> work) {
        try {
            return work.get();
        } catch (LockdownException refused) {
            throw of(label, refused);
        }
    }

    private static DeviceException of(String label, LockdownException refused) {
        String forNow = FOR_NOW.get(refused.error());
        if (forNow != null) {
            return new Unreachable("[" + label + "] " + forNow, refused);
        }
        String forGood = FOR_GOOD.get(refused.error());
        return forGood != null
                ? new Unauthorised("[" + label + "] " + forGood, refused)
                : new ProtocolViolation(String.valueOf(refused.getMessage()), refused);
    }
}
