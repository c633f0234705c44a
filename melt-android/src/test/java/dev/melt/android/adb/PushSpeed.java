package dev.melt.android.adb;

import dev.melt.core.device.TransferListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Measures a copy by the driver against {@code adb push} over one server, by turns. Run by hand: {@code PushSpeed FOLDER MB ROUNDS}. */
final class PushSpeed {
    private PushSpeed() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        byte[] block = new byte[1_000_000];
        Path model = folder.resolve("model");
        try (var out = Files.newOutputStream(model)) {
            Random random = new Random(3);
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        for (TestPhone.Kind kind : new TestPhone.Kind[] {TestPhone.Kind.NEW, TestPhone.Kind.OLD}) {
            Path at = Files.createDirectories(folder.resolve(kind.product()));
            try (TestPhone phone = TestPhone.connected(at, kind)) {
                for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                    double adb = seconds(
                            () -> phone.adb("-s", phone.serial(), "push", model.toString(), "/data/local/tmp/a"));
                    double melt = seconds(() ->
                            phone.open().push(model, "/data/local/tmp/m" + kind.product(), TransferListener.NONE));
                    double open = seconds(phone::open);
                    double sync = seconds(() -> {
                        try (var in = Files.newInputStream(model)) {
                            phone.link().send(in, "/data/local/tmp/s", n -> {});
                        }
                    });
                    System.out.printf(
                            Locale.ROOT,
                            "%s adb %.3f s, melt %.3f s (ratio %.3f), dadb sync %.3f s, open %.3f s%n",
                            kind.product(),
                            adb,
                            melt - open,
                            adb / (melt - open),
                            sync,
                            open);
                    Files.delete(phone.path("/data/local/tmp/m" + kind.product()));
                }
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
