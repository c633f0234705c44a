// Stands in for Apple's module of that name, and for what Apple's Foundation tells of the phone beside it.
@_exported import Foundation
import VirtualPhone

@MainActor
public final class UIDevice {
    public enum BatteryState {
        case unknown
        case unplugged
        case charging
        case full
    }

    public static let current = UIDevice()
    public var isBatteryMonitoringEnabled = false

    public var batteryState: BatteryState {
        switch isBatteryMonitoringEnabled ? VirtualPhone.told("plugged") : nil {
        case "1": return .charging
        case "0": return .unplugged
        default: return .unknown
        }
    }

    public var batteryLevel: Float {
        isBatteryMonitoringEnabled ? VirtualPhone.told("battery_level").flatMap { Float($0) } ?? -1 : -1
    }
}

extension ProcessInfo {
    public enum ThermalState: Int {
        case nominal
        case fair
        case serious
        case critical
    }

    public var thermalState: ThermalState {
        VirtualPhone.told("thermal_state").flatMap { Int($0) }.flatMap { ThermalState(rawValue: $0) } ?? .nominal
    }

    public var isLowPowerModeEnabled: Bool {
        VirtualPhone.told("low_power") == "1"
    }
}
