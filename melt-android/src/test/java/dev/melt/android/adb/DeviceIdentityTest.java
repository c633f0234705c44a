package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.android.parse.GetProp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceIdentityTest {
    @ParameterizedTest
    @CsvSource({
        "ro.melt.virtual, 1, true",
        "ro.kernel.qemu, 1, true",
        "ro.kernel.qemu, 0, false",
        "ro.boot.qemu, 1, true",
        "ro.hardware, ranchu, true",
        "ro.hardware, cutf_cvm, true",
        "ro.hardware, qcom, false"
    })
    void knowsWhatIsNoPhone(String property, String value, boolean virtual) {
        assertThat(identity(Map.of(property, value)).isVirtual("0A1B")).isEqualTo(virtual);
    }

    @Test
    void anEmulatorIsKnownByItsSerialAlone() {
        assertThat(identity(Map.of()).isVirtual("emulator-5554")).isTrue();
        assertThat(identity(Map.of()).isVirtual("emulator-x")).isFalse();
    }

    @Test
    void oneYesIsEnough() {
        assertThat(identity(Map.of("ro.kernel.qemu", "0", "ro.boot.qemu", "1")).isVirtual("x"))
                .isTrue();
    }

    @Test
    void namesTheChipWithItsMakerOnce() {
        assertThat(identity(Map.of("ro.soc.manufacturer", "QTI", "ro.soc.model", "SM8650"))
                        .soc())
                .contains("QTI SM8650");
        assertThat(identity(Map.of("ro.soc.manufacturer", "Tensor", "ro.soc.model", "Tensor G3"))
                        .soc())
                .contains("Tensor G3");
        assertThat(identity(Map.of("ro.board.platform", "msm8992")).facts()).containsEntry("soc", "msm8992");
        assertThat(identity(Map.of()).facts()).isEmpty();
    }

    private static DeviceIdentity identity(Map<String, String> properties) {
        return new DeviceIdentity(new GetProp(properties, 0));
    }
}
