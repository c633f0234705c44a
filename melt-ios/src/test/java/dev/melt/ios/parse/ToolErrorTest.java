package dev.melt.ios.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.ios.parse.ToolError.Kind;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words of a tool mean what. */
class ToolErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERROR: Unable to retrieve device list! | NO_DAEMON |",
                "ERROR: No device found! | NO_DEVICE |",
                "ERROR: Device 00008120-000A1B2C3D4E5F60 not found! | NO_DEVICE |",
                "No device found with udid 00008120-000A1B2C3D4E5F60. | NO_DEVICE |",
                "ERROR: Could not connect to lockdownd: Pairing dialog response pending (-19) | TRUST_PENDING | -19",
                "ERROR: Could not connect to lockdownd, error code -19 | TRUST_PENDING | -19",
                "ERROR: Could not connect to lockdownd: User denied pairing (-18) | TRUST_DENIED | -18",
                "ERROR: Device X said that the user denied the trust dialog. | TRUST_DENIED |",
                "ERROR: Device X is not paired with this host | UNPAIRED |",
                "ERROR: Could not connect to lockdownd: Invalid HostID (-21) | INVALID_HOST | -21",
                "ERROR: Could not connect to lockdownd, error code -21 | INVALID_HOST | -21",
                "lockdown: InvalidHostID | INVALID_HOST |",
                "ERROR: Could not connect to lockdownd: Password protected (-17) | LOCKED | -17",
                "failed to start a session: PasswordProtected | LOCKED |",
                "ERROR: Locked | LOCKED |",
                "ERROR: Could not validate with device X because a passcode is set. | LOCKED |",
                "Could not start com.apple.debugserver! | NO_DEVELOPER_IMAGE |",
                "Please make sure to mount the developer disk image first: | NO_DEVELOPER_IMAGE |",
                "Error: InvalidService | NO_DEVELOPER_IMAGE |",
                "Developer Mode is disabled | DEVELOPER_MODE_OFF |",
                "ERROR: failed to get the task for process 345 | LAUNCH_DENIED |",
                "it has an invalid code signature, inadequate entitlements or its profile | LAUNCH_DENIED |",
                "BSErrorCodeDescription = Security | LAUNCH_DENIED |",
                "BSErrorCodeDescription = Locked | LOCKED |",
                "Could not determine container path for bundle identifier org.example.none. | NOT_INSTALLED |",
                "ERROR: Install failed. Got error \"ApplicationVerificationFailed\" with code 0xe8008001: x | INSTALL_DENIED |",
                "Error: Failed to write /a: No space left on device (18) | NO_SPACE | 18",
                "[disconnected] | LINK_LOST |",
                "[disconnected:00008120-000A1B2C3D4E5F60] | LINK_LOST |",
                "ERROR: Internal logic error: Connection was invalidated | LINK_LOST |",
                "Invalid argument (NSPOSIXErrorDomain error 22 (0x16)) | LAUNCHER_TRANSIENT | 22",
                "Could not connect to lockdownd. Exiting. | OTHER |",
                "Could not start installation proxy service. | OTHER |"
            })
    void tellsWhatAComplaintMeans(String words, Kind kind, Integer code) {
        ToolError error = ToolError.of(words + "\n", 255).orElseThrow();

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.words()).isEqualTo(words);
        assertThat(error.code()).isEqualTo(code == null ? OptionalInt.empty() : OptionalInt.of(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00008120-000A1B2C3D4E5F60",
                "PasswordProtected: true",
                "WARNING: Sending query with unknown domain \"com.apple.none\".",
                "SUCCESS: Paired with device 00008120-000A1B2C3D4E5F60",
                "Install: Complete"
            })
    void findsNothingWrongWithWhatIsRight(String words) {
        assertThat(ToolError.of(words, 0)).isEmpty();
    }

    @Test
    void takesTheReasonBeforeItsConsequence() {
        String output = """
                Could not start installation proxy service.
                [disconnected]
                ERROR: Could not connect to lockdownd: Password protected (-17)
                """;

        assertThat(ToolError.of(output, 255).orElseThrow().kind()).isEqualTo(Kind.LOCKED);
    }

    @Test
    void knowsByTheCodeAloneThatATimeWasOver() {
        ToolError error = ToolError.of("LOAD ok\n", 124).orElseThrow();

        assertThat(error.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(error.isTransient()).isTrue();
        assertThat(ToolError.of("", 1).orElseThrow().kind()).isEqualTo(Kind.OTHER);
    }

    @Test
    void refusesOutputWithoutAComplaint() {
        assertThatThrownBy(() -> ToolErrors.read(ConsoleFormat.plain("16.5\n")))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessage("a complaint of a tool for iPhones expected, '16.5' found");
    }
}
