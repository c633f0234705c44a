package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import dev.melt.virtual.ios.device.InstalledApp;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.util.Optional;

/** Lets a host into the data of one app, over AFC on the same connection. One thread serves it. */
record HouseArrest(Iphone phone, Wire wire) {
    void run() throws IOException {
        Optional<NSDictionary> request = new PlistWire(wire).read();
        while (request.isPresent()) {
            Optional<AfcFolder> folder = vend(request.get());
            if (folder.isPresent()) {
                new PlistWire(wire).write(dict("Status", "Complete"));
                new AfcServer(phone, folder.get(), wire).run();
                return;
            }
            request = new PlistWire(wire).read();
        }
    }

    private Optional<AfcFolder> vend(NSDictionary request) throws IOException {
        String command = Plists.text(request, "Command").orElse("");
        Optional<InstalledApp> app = Plists.text(request, "Identifier").flatMap(phone.apps()::named);
        if (app.isEmpty()) {
            return refuse("ApplicationLookupFailed");
        }
        return switch (command) {
            case "VendDocuments" ->
                shares(app.get())
                        ? Optional.of(new AfcFolder(app.get().folder(), Optional.of("Documents")))
                        : refuse("InstallationLookupFailed");
            case "VendContainer" ->
                phone.conditions().taskAllowed() && app.get().user()
                        ? Optional.of(AfcFolder.whole(app.get().folder()))
                        : refuse("InstallationLookupFailed");
            default -> refuse("UnknownCommand");
        };
    }

    private static boolean shares(InstalledApp app) {
        return Plists.value(app.info(), "UIFileSharingEnabled").orElse(app.info()) instanceof NSNumber number
                && number.boolValue();
    }

    private Optional<AfcFolder> refuse(String error) throws IOException {
        new PlistWire(wire).write(dict("Error", error));
        return Optional.empty();
    }
}
