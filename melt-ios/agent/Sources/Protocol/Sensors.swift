import Darwin
import Foundation
import UIKit
import os

/// What the battery was last known to be. UIKit answers on the main thread only, so that is where it is asked, each second.
final class BatteryWatch: @unchecked Sendable {
    struct Reading {
        var level: Float = -1
        var plugged: Bool?
    }

    private let lock = NSLock()
    private var latest = Reading()
    private var timer: Timer?

    var reading: Reading {
        lock.lock()
        defer { lock.unlock() }
        return latest
    }

    @MainActor
    func begin() {
        UIDevice.current.isBatteryMonitoringEnabled = true
        ask()
        timer = Timer.scheduledTimer(withTimeInterval: 1, repeats: true) { [weak self] _ in
            MainActor.assumeIsolated { self?.ask() }
        }
    }

    @MainActor
    private func ask() {
        let state = UIDevice.current.batteryState
        let level = UIDevice.current.batteryLevel
        lock.lock()
        defer { lock.unlock() }
        latest.level = level
        latest.plugged = state == .unknown ? nil : state != .unplugged
    }
}

/// What the app reads of itself and of the phone, as cells of a row. Safe for use by several threads.
final class Sensors: @unchecked Sendable {
    private let battery: BatteryWatch
    private let lock = NSLock()
    private var peak: UInt64 = 0

    init(battery: BatteryWatch) {
        self.battery = battery
    }

    /// A cell for each key, each behind a tab; empty where its reading failed or the key is not known.
    func cells(_ keys: [String]) -> String {
        keys.map { "\t" + cell($0) }.joined()
    }

    private func cell(_ key: String) -> String {
        switch key {
        case "footprint": return footprint().map { "\($0)" } ?? ""
        case "available": return "\(os_proc_available_memory())"
        case "cpu_ns": return cpuNanos().map { "\($0)" } ?? ""
        case "thermal_state": return "\(ProcessInfo.processInfo.thermalState.rawValue)"
        case "battery_level": return level(battery.reading.level)
        case "plugged": return battery.reading.plugged.map { $0 ? "1" : "0" } ?? ""
        case "low_power": return ProcessInfo.processInfo.isLowPowerModeEnabled ? "1" : "0"
        default: return ""
        }
    }

    private func level(_ share: Float) -> String {
        share < 0 ? "" : String(format: "%.3f", locale: Locale(identifier: "en_US_POSIX"), Double(share))
    }

    /// What counts against the app's limit.
    func footprint() -> UInt64? {
        var info = task_vm_info_data_t()
        var count = mach_msg_type_number_t(MemoryLayout<task_vm_info_data_t>.size / MemoryLayout<integer_t>.size)
        let answer = withUnsafeMutablePointer(to: &info) { pointer in
            pointer.withMemoryRebound(to: integer_t.self, capacity: Int(count)) {
                task_info(mach_task_self_, task_flavor_t(TASK_VM_INFO), $0, &count)
            }
        }
        guard answer == KERN_SUCCESS else {
            return nil
        }
        lock.lock()
        defer { lock.unlock() }
        peak = max(peak, info.phys_footprint)
        return info.phys_footprint
    }

    /// The largest footprint that was read.
    var peakBytes: UInt64 {
        lock.lock()
        defer { lock.unlock() }
        return peak
    }

    /// User and system, all threads.
    private func cpuNanos() -> UInt64? {
        let nanos = clock_gettime_nsec_np(CLOCK_PROCESS_CPUTIME_ID)
        return nanos == 0 ? nil : nanos
    }
}
