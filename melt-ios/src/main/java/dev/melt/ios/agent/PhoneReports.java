package dev.melt.ios.agent;

import dev.melt.core.device.DeviceException;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.mux.Afc;
import dev.melt.ios.mux.AfcException;
import dev.melt.ios.mux.Lockdown;
import dev.melt.ios.mux.LockdownException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The reports that a phone writes when it ends an app for want of memory ({@code JetsamEvent-*.ips}) or an app crashes ({@code NAME-*.ips}).
 * {@code idevicecrashreport} would copy all that a phone has, which may be hundreds of megabytes; here only those since a moment are.
 */
record PhoneReports(PhoneLink link) {
    private static final int MOST = 4;
    private static final long LONGEST = 4 << 20;

    /**
     * Copies reports, the newest first, to files {@code deaths.N.ips}.
     *
     * @param process whose crashes are meant
     * @param sinceNanos on the phone's wall clock
     */
    void copy(String process, long sinceNanos, Path folder) {
        try (Lockdown lockdown = link.lockdown();
                Afc afc = Afc.reports(lockdown, link.label())) {
            List<String> names = afc.list("/").stream()
                    .filter(name -> name.matches("[A-Za-z0-9 ._+-]{1,200}\\.ips"))
                    .filter(name -> name.startsWith("JetsamEvent-") || name.startsWith(process + "-"))
                    .filter(name -> since(afc, name) >= sinceNanos)
                    .sorted(Comparator.comparingLong((String name) -> since(afc, name))
                            .reversed())
                    .limit(MOST)
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                copy(afc, "/" + names.get(i), folder.resolve("deaths." + (i + 1) + ".ips"));
            }
        } catch (LockdownException | AfcException | DeviceException notNow) {
            // the log may tell, and a death without a cause is still told
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long since(Afc afc, String name) {
        return afc.info("/" + name).map(Afc.Info::modifiedNanos).orElse(0L);
    }

    private static void copy(Afc afc, String path, Path target) throws IOException {
        Optional<Afc.Info> info = afc.info(path).filter(is -> is.bytes() <= LONGEST);
        if (info.isPresent()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            afc.read(path, 0, content, at -> {});
            Files.write(target, content.toByteArray());
        }
    }
}
