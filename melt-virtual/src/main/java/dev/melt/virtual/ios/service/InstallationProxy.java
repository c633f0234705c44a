package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.app.PackagedApp;
import dev.melt.virtual.ios.device.InstalledApp;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Plists;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists, installs and removes apps. One thread serves it. */
record InstallationProxy(Iphone phone, Notifications notifications, Wire wire) {
    private static final int AT_ONCE = 20;

    void run() throws IOException {
        Optional<NSDictionary> request = new PlistWire(wire).read();
        while (request.isPresent()) {
            serve(request.get());
            request = new PlistWire(wire).read();
        }
    }

    private void serve(NSDictionary request) throws IOException {
        switch (Plists.text(request, "Command").orElse("")) {
            case "Browse" -> browse(Plists.dictAt(request, "ClientOptions"));
            case "Lookup" -> lookup(Plists.dictAt(request, "ClientOptions"));
            case "Install", "Upgrade" -> install(request);
            case "Uninstall" ->
                uninstall(Plists.text(request, "ApplicationIdentifier").orElse(""));
            default -> error("UnknownCommand", "Unknown command", 0);
        }
    }

    private void browse(NSDictionary options) throws IOException {
        List<NSDictionary> apps = wanted(options)
                .map(app -> new AppEntry(phone, app).limitedTo(Plists.texts(options, "ReturnAttributes")))
                .toList();
        for (int i = 0; i < apps.size(); i += AT_ONCE) {
            List<NSDictionary> part = apps.subList(i, Math.min(apps.size(), i + AT_ONCE));
            send(dict(
                    "Status",
                    "BrowsingApplications",
                    "CurrentIndex",
                    i,
                    "CurrentAmount",
                    part.size(),
                    "Total",
                    apps.size(),
                    "CurrentList",
                    Plists.array(part)));
        }
        send(dict("Status", "Complete"));
    }

    private void lookup(NSDictionary options) throws IOException {
        List<String> names = Plists.texts(options, "BundleIDs");
        NSDictionary found = new NSDictionary();
        wanted(options)
                .filter(app -> !options.containsKey("BundleIDs") || names.contains(app.bundleId()))
                .forEach(app -> found.put(
                        app.bundleId(), new AppEntry(phone, app).limitedTo(Plists.texts(options, "ReturnAttributes"))));
        send(dict("Status", "Complete", "LookupResult", found));
    }

    private Stream<InstalledApp> wanted(NSDictionary options) {
        String type = Plists.text(options, "ApplicationType").orElse("Any");
        return phone.apps().all().stream().filter(app -> type.equals("Any") || app.user() == type.equals("User"));
    }

    private void install(NSDictionary request) throws IOException {
        Optional<Path> archive = Plists.text(request, "PackagePath")
                .flatMap(AfcFolder.whole(phone.media())::resolve)
                .filter(Files::exists);
        if (archive.isEmpty()) {
            error("PackageInspectionFailed", "The package could not be found", 0xe8008001L);
            return;
        }
        progress("CreatingStagingDirectory", 5);
        progress("ExtractingPackage", 15);
        progress("InspectingPackage", 20);
        Optional<NSDictionary> info = AppArchive.info(archive.get());
        if (info.flatMap(found -> Plists.text(found, "CFBundleIdentifier")).isEmpty()) {
            error("PackageInspectionFailed", "Failed to find Info.plist in the package", 0xe8008001L);
            return;
        }
        progress("VerifyingApplication", 40);
        if (phone.conditions().expired()) {
            error(
                    "ApplicationVerificationFailed",
                    "Failed to verify code signature of " + archive.get().getFileName()
                            + " : 0xe8008011 (The provisioning profile has expired.)",
                    0xe8008011L);
            return;
        }
        if (!phone.disk().take(Files.isDirectory(archive.get()) ? 0 : Files.size(archive.get()))) {
            error("InstallProhibited", "OutOfDiskSpace: there is not enough room for the package", 0xe800807dL);
            return;
        }
        progress("InstallingApplication", 60);
        Path programs = phone.apps()
                .programs(info.flatMap(found -> Plists.text(found, "CFBundleIdentifier"))
                        .orElseThrow());
        AppArchive.extract(archive.get(), programs);
        phone.apps().install(new PackagedApp(info.get(), programs));
        progress("GeneratingApplicationMap", 90);
        AppArchive.remove(archive.get());
        send(dict("Status", "Complete"));
        notifications.post("com.apple.mobile.application_installed");
    }

    private void uninstall(String bundleId) throws IOException {
        progress("RemovingApplication", 50);
        phone.runs().named(bundleId).ifPresent(phone.runs()::kill);
        boolean removed = phone.apps().uninstall(bundleId);
        progress("GeneratingApplicationMap", 90);
        send(dict("Status", "Complete"));
        if (removed) {
            notifications.post("com.apple.mobile.application_uninstalled");
        }
    }

    private void progress(String status, int percent) throws IOException {
        send(dict("PercentComplete", percent, "Status", status));
    }

    private void error(String name, String description, long detail) throws IOException {
        send(dict("Error", name, "ErrorDescription", description, "ErrorDetail", detail));
    }

    private void send(NSDictionary message) throws IOException {
        new PlistWire(wire).write(message);
    }
}
