package dev.melt.virtual.ios;

import static dev.melt.virtual.ios.wire.Plists.dict;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.service.TlsUse;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files over the cable, in the folder of an app and in the one that all hosts share. */
class AfcTest extends WithIphones {
    private static final Options OPEN = Options.PLAIN.withTls(TlsUse.NOWHERE).withApps(ScriptApp.bench("true"));

    @Test
    void readsAndWritesInEveryMode() throws Exception {
        VirtualIphone phone = start(OPEN);
        Path file = phone.documents(ScriptApp.BENCH).resolve("a/b/f");
        try (HostAfc afc = documents(phone)) {
            assertThat(afc.paths(9, "/Documents/a/b").number()).isZero();
            long handle = afc.open(HostAfc.WRITE, "/Documents/a/b/f");
            assertThat(afc.write(handle, "one two").number()).isZero();
            assertThat(afc.numbers(18, handle).number()).isEqualTo(7);
            assertThat(afc.numbers(15, handle, 9).number()).isEqualTo(10);
            assertThat(afc.numbers(20, handle).number()).isZero();
            assertThat(file).hasContent("one two");

            handle = afc.open(HostAfc.APPEND, "/Documents/a/b/f");
            afc.write(handle, " three");
            afc.numbers(20, handle);
            handle = afc.open(HostAfc.UPDATE, "/Documents/a/b/f");
            afc.numbers(17, handle, 0, 4);
            afc.write(handle, "TWO");
            afc.numbers(17, handle, 2, -5);
            assertThat(new String(afc.numbers(15, handle, 100).data(), UTF_8)).isEqualTo("three");
            assertThat(afc.numbers(15, handle, 100).data()).isEmpty();
            assertThat(afc.numbers(21, handle, 3).number()).isZero();
            afc.numbers(20, handle);
            assertThat(file).hasContent("one");

            handle = afc.open(HostAfc.READ_ONLY, "/Documents/a/b/f");
            assertThat(afc.write(handle, "x").number()).isEqualTo(10);
            afc.open(HostAfc.WRITE_READ, "/Documents/a/b/f");
            assertThat(file).isEmptyFile();
            assertThat(afc.numberAndPath(7, 5, "/Documents/a/b/f").number()).isZero();
            assertThat(afc.paths(10, "/Documents/a/b/f").value("st_size")).isEqualTo("5");
            assertThat(afc.numbers(15, 99, 1).number()).isEqualTo(7);
        }
    }

    @Test
    void listsMovesAndRemoves() throws Exception {
        VirtualIphone phone = start(OPEN);
        try (HostAfc afc = documents(phone)) {
            afc.paths(9, "/Documents/d");
            afc.put("/Documents/d/f.new", "text");

            assertThat(afc.paths(24, "/Documents/d/f.new", "/Documents/d/f").number())
                    .isZero();
            assertThat(afc.list("/Documents/d")).containsExactly("f");
            assertThat(afc.paths(10, "Documents/d/f").value("st_ifmt")).isEqualTo("S_IFREG");
            assertThat(afc.paths(10, "Documents/d").value("st_ifmt")).isEqualTo("S_IFDIR");
            assertThat(afc.numberAndPath(30, 1_700_000_000_000_000_000L, "/Documents/d/f")
                            .number())
                    .isZero();
            assertThat(afc.paths(10, "/Documents/d/f").value("st_mtime")).isEqualTo("1700000000000000000");
            assertThat(afc.paths(8, "/Documents/d").number()).as("not empty").isEqualTo(1);
            assertThat(afc.numberAndPath(13, 3, "/Documents/d").number())
                    .as("a folder")
                    .isEqualTo(9);
            assertThat(afc.paths(8, "/Documents/d/f").number()).isZero();
            assertThat(afc.paths(8, "/Documents/d/f").number()).as("gone").isEqualTo(8);
            assertThat(afc.paths(10, "/Documents/nothing").number()).isEqualTo(8);
            assertThat(afc.numberAndPath(13, 3, "/Documents/no/f").number()).isEqualTo(8);
            afc.put("/Documents/d/g", "");
            assertThat(afc.paths(34, "/Documents/d").number()).isZero();
            assertThat(afc.list("/Documents")).isEmpty();
            assertThat(afc.paths(28, "a", "b").number()).as("links").isEqualTo(15);
            assertThat(afc.paths(11).value("Model")).isEqualTo("iPhone15,2");
        }
    }

    @Test
    void letsNobodyOutOfTheContainer() throws Exception {
        VirtualIphone phone = start(OPEN);
        try (HostAfc afc = documents(phone)) {
            assertThat(afc.list("/")).containsExactly("Documents");
            assertThat(afc.paths(3, "/Library").number()).isEqualTo(10);
            assertThat(afc.numberAndPath(13, 3, "/Documents/../../x").number()).isEqualTo(10);
            assertThat(afc.paths(3, "/../..").number()).isEqualTo(10);
        }
        try (HostAfc afc = vend(phone, "VendContainer", ScriptApp.BENCH)) {
            assertThat(afc.list("/")).containsExactly("Documents", "Library", "tmp");
        }
        assertThatThrownBy(() -> vend(phone, "VendDocuments", "org.nobody")).hasMessage("ApplicationLookupFailed");
        assertThatThrownBy(() -> vend(phone, "VendDocuments", "com.apple.Preferences"))
                .hasMessage("InstallationLookupFailed");
    }

    @Test
    void aFullDiskIsToldAndCanBeFreed() throws Exception {
        VirtualIphone phone = start(OPEN.withData(1_000_000));
        try (HostAfc afc = documents(phone)) {
            assertThat(afc.paths(11).value("FSFreeBytes")).isEqualTo("1000000");
            long handle = afc.open(HostAfc.WRITE, "/Documents/f");
            assertThat(afc.write(handle, new byte[600_000]).number()).isZero();
            assertThat(afc.write(handle, new byte[600_000]).number()).isEqualTo(18);
            assertThat(afc.paths(11).value("FSFreeBytes")).isEqualTo("400000");
            remote(phone, "fill 1000");
            assertThat(afc.paths(11).value("FSFreeBytes")).isEqualTo("1000");
            assertThat(afc.write(handle, new byte[2000]).number()).isEqualTo(18);
            remote(phone, "free");
            assertThat(afc.write(handle, new byte[2000]).number()).isZero();
        }
        assertThat(Files.size(phone.documents(ScriptApp.BENCH).resolve("f"))).isEqualTo(602_000);
    }

    @Test
    void theCableBreaksAfterSoManyBytes() throws Exception {
        VirtualIphone phone = start(OPEN);
        try (HostAfc afc = documents(phone)) {
            long handle = afc.open(HostAfc.WRITE, "/Documents/f");
            remote(phone, "unplugafter 100048");

            assertThatThrownBy(() -> afc.write(handle, new byte[5_000_000])).isInstanceOf(IOException.class);
            assertThat(phone.isPlugged()).isFalse();
            soon().until(() -> Files.size(phone.documents(ScriptApp.BENCH).resolve("f")) == 100_000);
        }
        remote(phone, "plug on");
        try (HostAfc afc = documents(phone)) {
            long handle = afc.open(HostAfc.APPEND, "/Documents/f");
            remote(phone, "dropafter 10");
            assertThatThrownBy(() -> afc.write(handle, new byte[100])).isInstanceOf(IOException.class);
            soon().until(phone::isPlugged);
        }
    }

    @Test
    void nothingComesThroughACableThatHangs() throws Exception {
        VirtualIphone phone = start(OPEN);
        RealIdevice.Running asked;
        try (HostAfc afc = documents(phone)) {
            remote(phone, "hang on");
            asked = tools.start("ideviceinfo", "-k", "ProductVersion");
            Thread late = new Thread(() -> remote(phone, "hang off"));
            soon().until(() -> phone.connections() == 2);
            late.start();
            assertThat(afc.list("/")).containsExactly("Documents");
        }
        soon().until(() -> !asked.process().isAlive());
        assertThat(asked.out()).isEqualTo("16.5\n");
    }

    private static HostAfc documents(VirtualIphone phone) throws IOException {
        return vend(phone, "VendDocuments", ScriptApp.BENCH);
    }

    private static HostAfc vend(VirtualIphone phone, String command, String bundleId) throws IOException {
        HostConnection connection = HostConnection.service(phone, "com.apple.mobile.house_arrest");
        NSDictionary answer = connection.ask(dict("Command", command, "Identifier", bundleId));
        if (Plists.text(answer, "Error").isPresent()) {
            connection.close();
            throw new IOException(Plists.text(answer, "Error").orElseThrow());
        }
        return new HostAfc(connection);
    }
}
