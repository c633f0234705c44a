package dev.melt.virtual.ios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.service.TlsUse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The developers' disk image, with the real ideviceimagemounter. */
class DiskImageTest extends WithIphones {
    private static final String[] LIST = {"ideviceimagemounter", "-l"};

    @Test
    void isThereAsTheTranscriptsHaveIt() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withTls(TlsUse.NOWHERE));

        assertThat(tools.out(LIST)).isEqualTo("""
                ImageSignature[1]:\s
                 0: qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=
                Status: Complete
                """);
        remote(phone, "image off");
        assertThat(tools.out(LIST)).isEqualTo("Status: Complete\n");
    }

    @Test
    void isMountedWhenNothingIsInTheWay() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withTls(TlsUse.NOWHERE).withWords("developer-mode off; lock screen"));
        Path image = Files.write(folder.resolve("image.dmg"), new byte[200_000]);
        Path signature = Files.write(folder.resolve("image.sig"), new byte[128]);
        String[] mount = {"ideviceimagemounter", image.toString(), signature.toString()};

        assertThat(tools.out(mount)).endsWith("ERROR: Device is locked, can't mount. Unlock device and try again.\n");
        remote(phone, "lock open");
        assertThat(tools.out(mount)).endsWith("Mounting...\nError: InternalError\n");
        remote(phone, "developer-mode on");
        assertThat(tools.run(mount))
                .isEqualTo(new RealIdevice.Said(
                        0, "Uploading " + image + "\ndone.\nMounting...\nDone.\nStatus: Complete\n", ""));
        assertThat(tools.out(LIST)).startsWith("ImageSignature[1]: \n 0: AAAA");
        assertThat(tools.out(mount)).endsWith("Error: ImageMountFailed\n");
        remote(phone, "ios 17.4");
        assertThat(tools.out(LIST)).isEqualTo("Status: Complete\n");
        assertThat(tools.out(mount)).endsWith("ERROR: Unknown error occurred, can't mount.\n");
    }
}
