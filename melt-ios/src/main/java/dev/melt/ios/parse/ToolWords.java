package dev.melt.ios.parse;

import dev.melt.ios.parse.ToolError.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that tools for phones use of each kind of failure: libimobiledevice, ideviceinstaller, go-ios, pymobiledevice3, devicectl. */
final class ToolWords {
    private static final List<Words> WORDS = List.of(
            words(
                    Kind.NO_DAEMON,
                    "ERROR: Unable to retrieve device list!.*",
                    ".*(?:could not|unable to|failed to|cannot) connect to usbmux.*",
                    ".*/var/run/usbmuxd: .*",
                    ".*connect: .*usbmuxd.*",
                    ".*MuxConnectError.*|.*ConnectionFailedToUsbmuxd.*|.*usbmuxd is not running.*"),
            words(
                    Kind.NO_DEVICE,
                    "(?:ERROR: )?No device found.*",
                    "ERROR: Device \\S+ not found!?.*",
                    ".*Device '?\\S+'? not found\\. Is it attached to the machine.*",
                    ".*NoDeviceConnected.*|.*no device connected.*|.*no ios devices? (?:is )?attached.*|.*no local device.*",
                    ".*DeviceNotFound.*|.*the specified device was not found.*|.*unable to locate a device.*"),
            words(
                    Kind.TRUST_PENDING,
                    ".*Pairing dialog response pending.*",
                    ".*PairingDialogResponsePending.*",
                    ".*accept the trust dialog on the screen.*"),
            words(
                    Kind.TRUST_DENIED,
                    ".*User denied pairing.*",
                    ".*UserDeniedPairing.*",
                    ".*user denied the trust dialog.*"),
            words(
                    Kind.UNPAIRED,
                    ".*is not paired with this host.*",
                    ".*(?:not paired|NotPaired|MissingPairRecord|Missing pair record).*",
                    ".*(?:could not (?:find|read)|no) pair record.*",
                    ".*must be paired.*"),
            words(
                    Kind.INVALID_HOST,
                    ".*Invalid ?Host ?ID.*",
                    ".*Invalid ?Pair ?Record.*",
                    ".*InvalidConnection: .*HostID.*"),
            words(
                    Kind.LOCKED,
                    ".*Password protected.*",
                    ".*PasswordProtected(?!: (?:true|false)).*",
                    ".*because a passcode is set.*",
                    "(?:ERROR: )?E?Locked",
                    ".*BSErrorCodeDescription = Locked\\b.*",
                    ".*device (?:is|was) (?:not, or could not be, unlocked|locked|passcode protected).*"),
            words(
                    Kind.DEVELOPER_MODE_OFF,
                    ".*developer ?mode (?:is )?(?:disabled|not enabled|off|required).*",
                    ".*DeveloperModeIsNotEnabled.*|.*enable developer mode.*"),
            words(
                    Kind.NO_DEVELOPER_IMAGE,
                    ".*Could not (?:start|connect to) com\\.apple\\.debugserver.*",
                    ".*mount (?:a|the) developer disk image.*",
                    ".*developer disk image (?:is )?not mounted.*",
                    ".*(?:DeveloperImageNotMounted|InvalidService).*",
                    ".*developer disk image could not be mounted.*"),
            words(
                    Kind.NOT_INSTALLED,
                    "Could not determine (?:container|bundle|executable) path for bundle identifier .*",
                    ".*(?:InstallationLookupFailed|ApplicationLookupFailed|AppNotInstalled).*",
                    ".*(?:app|application|bundle|identifier) \\S+ (?:is )?not (?:installed|found).*",
                    ".*is (?:either )?not installed.*",
                    ".*FBSOpenApplicationServiceErrorDomain.*NotFound.*"),
            words(
                    Kind.LAUNCH_DENIED,
                    ".*failed to get the task for process.*",
                    ".*invalid code signature, inadequate entitlements.*",
                    ".*has not been explicitly trusted.*",
                    ".*BSErrorCodeDescription = (?:Security|RequestDenied)\\b.*"),
            words(
                    Kind.NO_SPACE,
                    ".*(?:OutOfDiskSpace|InsufficientStorage|NotEnoughSpace).*",
                    ".*no space left.*|.*not enough (?:free )?(?:disk |storage )?space.*"),
            words(
                    Kind.INSTALL_DENIED,
                    ".*(?:ApplicationVerificationFailed|DeviceOSVersionTooLow|IncorrectArchitecture|APIInternalError).*",
                    ".*(?:MismatchedApplicationIdentifierEntitlement|DeviceFamilyNotSupported|IncompatibleArchitecture).*",
                    ".*failed to verify code signature.*"),
            words(Kind.LAUNCHER_TRANSIENT, ".*Invalid argument \\(NSPOSIXErrorDomain error 22\\b.*"),
            words(
                    Kind.LINK_LOST,
                    "\\[disconnected(?::\\S*)?]",
                    ".*Connection was invalidated.*",
                    ".*(?:device|connection) (?:was )?(?:disconnected|lost|reset by peer).*",
                    ".*Operation timed out.*|.*broken pipe.*|.*ConnectionTerminated.*|.*Mux error.*"));

    private static final Map<Integer, Kind> CODES = Map.of(
            -4, Kind.UNPAIRED,
            -8, Kind.LINK_LOST,
            -17, Kind.LOCKED,
            -18, Kind.TRUST_DENIED,
            -19, Kind.TRUST_PENDING,
            -21, Kind.INVALID_HOST,
            -27, Kind.NO_DEVELOPER_IMAGE,
            -29, Kind.UNPAIRED,
            -31, Kind.INVALID_HOST);

    private static final Pattern CODE = Pattern.compile(".*(?:error code |\\()(-?\\d{1,9})\\)?\\.?");
    private static final Pattern CORE_DEVICE = Pattern.compile(".*\\(\\S+Error(?:Domain)? error (-?\\d{1,9})\\b.*");
    private static final Pattern COMPLAINT = Pattern.compile("(?i)(?:ERROR|fatal)\\b.*|.*\\bException:.*|Could not .*");
    private static final int LONGEST = 1000;

    private ToolWords() {}

    private record Words(Kind kind, List<Pattern> patterns) {
        boolean match(String line) {
            return patterns.stream().anyMatch(pattern -> pattern.matcher(line).matches());
        }
    }

    private static Words words(Kind kind, String... patterns) {
        return new Words(
                kind,
                List.of(patterns).stream()
                        .map(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE))
                        .toList());
    }

    /** Of the lines that name a failure the one that says most. */
    static Optional<ToolError> best(List<String> lines) {
        return lines.stream().flatMap(line -> of(line).stream()).min(Comparator.comparing(ToolError::kind));
    }

    /** What a single line says; empty for one that is of no failure or of one that is not known. */
    static Optional<ToolError> of(String line) {
        String words = shortened(line);
        OptionalInt code = code(words);
        Optional<Kind> byCode = words.contains("rror") && code.isPresent()
                ? Optional.ofNullable(CODES.get(code.getAsInt()))
                : Optional.empty();
        return WORDS.stream()
                .filter(one -> one.match(words))
                .map(Words::kind)
                .findFirst()
                .or(() -> byCode)
                .map(kind -> new ToolError(kind, code, words));
    }

    /** The line in which a tool complains, known or not. */
    static Optional<String> complaint(List<String> lines) {
        return lines.stream().filter(line -> COMPLAINT.matcher(line).matches()).findFirst();
    }

    /** As much of a line as is looked at. */
    static String shortened(String line) {
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    static OptionalInt code(String line) {
        String words = shortened(line);
        Matcher code = CODE.matcher(words);
        Matcher domain = CORE_DEVICE.matcher(words);
        if (domain.matches()) {
            return OptionalInt.of(Integer.parseInt(domain.group(1)));
        }
        return code.matches() ? OptionalInt.of(Integer.parseInt(code.group(1))) : OptionalInt.empty();
    }
}
