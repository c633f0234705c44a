package dev.melt.android.adb;

import dev.melt.core.device.DeviceDriver;
import dev.melt.testkit.DeviceDriverContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do, over Debian's adb server, on phones of both protocols. */
class AdbDeviceDriverTest {
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class OnPhone implements DeviceDriverContract {
        private final TestPhone.Kind kind;
        private @Nullable TestPhone phone;
        private @Nullable DeviceDriver driver;

        OnPhone(TestPhone.Kind kind) {
            this.kind = kind;
        }

        @BeforeAll
        void open(@TempDir Path folder) throws Exception {
            phone = TestPhone.connected(folder, kind);
            driver = phone.open();
        }

        @AfterAll
        void close() throws Exception {
            if (phone != null) {
                phone.close();
            }
        }

        @Override
        public DeviceDriver driver() {
            if (driver == null) {
                throw new IllegalStateException("not opened");
            }
            return driver;
        }

        @Override
        public String folder() {
            return "/data/local/tmp/contract";
        }
    }

    @Nested
    class WithShellV2 extends OnPhone {
        WithShellV2() {
            super(TestPhone.Kind.NEW);
        }
    }

    @Nested
    class WithoutShellV2 extends OnPhone {
        WithoutShellV2() {
            super(TestPhone.Kind.OLD);
        }
    }
}
