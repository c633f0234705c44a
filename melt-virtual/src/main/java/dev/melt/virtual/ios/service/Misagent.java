package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.Optional;

/** Keeps the provisioning profiles. One thread serves it. */
record Misagent(ProvisioningProfiles profiles, Wire wire) {
    private static final long NO_SUCH_PROFILE = 0xe8008015L;

    void run() throws IOException {
        PlistWire messages = new PlistWire(wire);
        Optional<NSDictionary> request = messages.read();
        while (request.isPresent()) {
            messages.write(answer(request.get()));
            request = messages.read();
        }
    }

    private NSDictionary answer(NSDictionary request) throws IOException {
        return switch (Plists.text(request, "MessageType").orElse("")) {
            case "Copy", "CopyAll" ->
                dict(
                        "Payload",
                        Plists.array(profiles.all().stream().map(NSData::new).toList()),
                        "Status",
                        0);
            case "Install" ->
                Plists.value(request, "Profile").orElse(request) instanceof NSData data
                                && profiles.install(data.bytes())
                        ? dict("Status", 0)
                        : dict("Status", NO_SUCH_PROFILE);
            case "Remove" ->
                profiles.remove(Plists.text(request, "ProfileID").orElse(""))
                        ? dict("Status", 0)
                        : dict("Status", NO_SUCH_PROFILE);
            default -> dict("Status", NO_SUCH_PROFILE);
        };
    }
}
