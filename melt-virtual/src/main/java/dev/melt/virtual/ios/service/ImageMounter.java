package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Mounts the disk image with the services of developers; what is in it is of no matter. One thread serves it. */
final class ImageMounter {
    /** How AFC's {@code /} is called from outside. */
    private static final String MEDIA = "/private/var/mobile/Media/";

    private final Iphone phone;
    private final Wire wire;
    private boolean received;

    ImageMounter(Iphone phone, Wire wire) {
        this.phone = phone;
        this.wire = wire;
    }

    void run() throws IOException {
        PlistWire messages = new PlistWire(wire);
        Optional<NSDictionary> request = messages.read();
        while (request.isPresent()) {
            switch (Plists.text(request.get(), "Command").orElse("")) {
                case "LookupImage" -> messages.write(lookup(request.get()));
                case "ReceiveBytes" -> receive(messages, request.get());
                case "MountImage" -> messages.write(mount(request.get()));
                case "UnmountImage" -> messages.write(unmount());
                case "CopyDevices" -> messages.write(dict("EntryList", Plists.array(List.of()), "Status", "Complete"));
                case "QueryDeveloperModeStatus" ->
                    messages.write(
                            dict("DeveloperModeStatus", phone.conditions().developerMode()));
                case "Hangup" -> {
                    messages.write(dict("Goodbye", true));
                    return;
                }
                default -> messages.write(dict("Error", "UnknownCommand"));
            }
            request = messages.read();
        }
    }

    /** From iOS 17 on the image is made for the one phone, and has another type. */
    private boolean isMine(NSDictionary request) {
        String type = phone.conditions().release().needsTunnel() ? "Personalized" : "Developer";
        return Plists.text(request, "ImageType").filter(type::equals).isPresent();
    }

    private NSDictionary lookup(NSDictionary request) {
        Optional<byte[]> signature = phone.conditions().imageSignature().filter(there -> isMine(request));
        return signature.isPresent()
                ? dict("ImageSignature", Plists.array(List.of(new NSData(signature.get()))), "Status", "Complete")
                : dict("Status", "Complete");
    }

    private void receive(PlistWire messages, NSDictionary request) throws IOException {
        if (phone.conditions().lock() != IphoneConditions.Lock.OPEN) {
            messages.write(dict("Error", "DeviceLocked"));
            return;
        }
        if (!isMine(request)) {
            messages.write(dict("Error", "InternalError"));
            return;
        }
        messages.write(dict("Status", "ReceiveBytesAck"));
        wire.in().skipNBytes(Math.max(0, Plists.number(request, "ImageSize").orElse(0)));
        received = true;
        messages.write(dict("Status", "Complete"));
    }

    private NSDictionary mount(NSDictionary request) throws IOException {
        IphoneConditions conditions = phone.conditions();
        if (conditions.lock() != IphoneConditions.Lock.OPEN) {
            return dict("Error", "DeviceLocked");
        }
        if (!conditions.developerMode()) {
            return dict("Error", "InternalError", "DetailedError", "Developer mode is not enabled.");
        }
        boolean signed = Plists.value(request, "ImageSignature").orElse(request) instanceof NSData;
        if (!isMine(request) || !signed || !(received || isStaged(request))) {
            return dict("Error", "ImageMountFailed");
        }
        if (conditions.imageSignature().isPresent()) {
            return dict("Error", "ImageMountFailed", "DetailedError", "There is already a disk image mounted.");
        }
        conditions.imageSignature(Plists.value(request, "ImageSignature").map(data -> ((NSData) data).bytes()));
        return dict("Status", "Complete");
    }

    /** Hosts of before iOS 7 bring it over AFC. */
    private boolean isStaged(NSDictionary request) {
        Optional<Path> file = Plists.text(request, "ImagePath")
                .filter(path -> path.startsWith(MEDIA))
                .flatMap(path -> AfcFolder.whole(phone.media()).resolve(path.substring(MEDIA.length())));
        return file.isPresent() && Files.isRegularFile(file.get());
    }

    private NSDictionary unmount() {
        boolean mounted = phone.conditions().imageSignature().isPresent();
        phone.conditions().imageSignature(Optional.empty());
        return mounted ? dict("Status", "Complete") : dict("Error", "InternalError");
    }
}
