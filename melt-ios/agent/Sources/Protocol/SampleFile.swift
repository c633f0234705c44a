import Foundation

/// Writes `samples.tsv` on a thread of its own: tick k is due at origin + k x period, whatever became of those before; slots that passed are
/// left out and counted.
final class SampleFile {
    private let sensors: Sensors
    private let keys: [String]
    private let periodNanos: Int64
    private let origin: Int64
    private let file: GrowingFile
    private let toEnd = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    // of the sampling thread until it has ended
    private(set) var ticks: Int64 = 0
    private(set) var missed: Int64 = 0
    private(set) var maxLateNanos: Int64 = 0
    private var lastAt: Int64
    private var broken = false

    /// Begins, with the first tick now.
    init(_ path: URL, header: String, job: TrialJob, sensors: Sensors) throws {
        self.sensors = sensors
        keys = job.keys
        periodNanos = job.periodMicros * 1000
        file = try GrowingFile(path)
        origin = BootClock.nanos()
        lastAt = origin - 1
        let head = header.isEmpty || header.hasSuffix("\n") ? header : header + "\n"
        try file.add(head + "#clock continuous bound_ns \(BootClock.boundNanos)\n#origin_ns \(origin)\n")
        let thread = Thread { [self] in
            sample()
            ended.signal()
        }
        thread.name = "sampler"
        thread.qualityOfService = .userInteractive
        thread.start()
    }

    private func sample() {
        var slot: Int64 = 0
        while sleep(until: origin + slot * periodNanos) {
            guard let at = row("\(slot)") else {
                broken = true // no room, no samples: the number of ticks tells
                return
            }
            maxLateNanos = max(maxLateNanos, at - origin - slot * periodNanos)
            let next = max(slot + 1, (BootClock.nanos() - origin) / periodNanos + 1)
            missed += next - slot - 1
            slot = next
        }
    }

    /// Whether the time came before the end did.
    private func sleep(until due: Int64) -> Bool {
        while true {
            let left = due - BootClock.nanos()
            let wait = DispatchTime.now() + .nanoseconds(Int(max(0, left)))
            if toEnd.wait(timeout: wait) == .success {
                return false
            }
            if left <= 0 || BootClock.nanos() >= due {
                return true
            }
        }
    }

    /// When it was taken; nil when it could not be written.
    private func row(_ number: String) -> Int64? {
        let at = max(lastAt + 1, BootClock.nanos())
        do {
            try file.add("\(at)\t\(number)\(sensors.cells(keys))\n")
        } catch {
            return nil
        }
        lastAt = at
        ticks += 1
        return at
    }

    /// Ends it, with a last row outside the schedule. To be called once.
    func end() {
        toEnd.signal()
        ended.wait()
        if !broken {
            _ = row("-")
        }
    }
}
