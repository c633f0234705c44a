import Foundation

/// Words for the `stderr` of a trial that cannot be carried out.
struct BadJob: Error {
    let why: String
}

/// One trial from its first status to its last. Used once, away from the main thread.
final class TrialRunner {
    private static let refusedExit: Int32 = 65
    private static let stoppedExit: Int32 = 143
    private static let killedExit: Int32 = 137
    private static let look = 0.02
    private static let beatNanos: Int64 = 1_000_000_000

    private let job: TrialJob
    private let app: AgentFolder
    private let folder: URL
    private let status: StatusFile
    private let sensors: Sensors
    private let engine: Engine
    private var why: String?
    private var beatAt: Int64 = 0

    init(_ job: TrialJob, in app: AgentFolder, as own: AgentSelf, sensors: Sensors, engine: Engine) {
        self.job = job
        self.app = app
        self.sensors = sensors
        self.engine = engine
        folder = app.trialFolder(job.id)
        status = StatusFile(folder.appendingPathComponent("status"), of: own)
    }

    /// Says in a trial's folder why there is nothing else in it; leaves a trial alone that was started before.
    static func refuse(trial id: String, why: String, in app: AgentFolder, as own: AgentSelf) throws {
        let folder = app.trialFolder(id)
        try AgentFolder.make(folder)
        let file = folder.appendingPathComponent("status")
        if app.holds(folder) && !AgentFolder.exists(file) {
            try refuse(StatusFile(file, of: own), folder, why)
        }
    }

    private static func refuse(_ status: StatusFile, _ folder: URL, _ why: String) throws {
        try AgentFolder.replace(folder.appendingPathComponent("stderr"), why + "\n")
        status.put("end_ns", "\(BootClock.nanos())")
        status.put("exit", "\(refusedExit)")
        try status.write("FINISHED")
    }

    /// Runs it, unless it was started before.
    func run() throws {
        try AgentFolder.make(folder)
        guard app.holds(folder), !AgentFolder.exists(folder.appendingPathComponent("status")) else {
            return
        }
        try write("RUNNING")
        do {
            try sampled(try header())
        } catch let bad as BadJob {
            try TrialRunner.refuse(status, folder, bad.why)
        }
    }

    private func header() throws -> String {
        guard let header = try? String(contentsOf: folder.appendingPathComponent("samples.header"), encoding: .utf8)
        else {
            throw BadJob(why: "samples.header cannot be read")
        }
        let columns = header.split(separator: "\n").filter { $0.hasPrefix("#column\t") }.count
        if columns != job.keys.count {
            throw BadJob(why: "samples.header has \(columns) columns for \(job.keys.count) keys of job.json")
        }
        if !AgentFolder.exists(folder.appendingPathComponent("request.json")) {
            throw BadJob(why: "request.json is not there")
        }
        return header
    }

    private func sampled(_ header: String) throws {
        let samples = try SampleFile(
            folder.appendingPathComponent("samples.tsv"), header: header, job: job, sensors: sensors)
        let exit = try exitAfterRest()
        let end = BootClock.nanos()
        if why == nil {
            _ = try rest()
        }
        samples.end()
        status.put("end_ns", "\(end)")
        status.put("exit", "\(exit)")
        status.put("peak_rss_kb", "\(sensors.peakBytes / 1024)")
        status.put("ticks", "\(samples.ticks)")
        status.put("missed_ticks", "\(samples.missed)")
        status.put("max_late_ns", "\(samples.maxLateNanos)")
        try write(why ?? "FINISHED")
    }

    private func exitAfterRest() throws -> Int32 {
        if try rest() {
            return try runEngine()
        }
        why = "STOPPED"
        return TrialRunner.stoppedExit
    }

    /// Lets the time at rest go by; false when somebody asked for the end meanwhile.
    private func rest() throws -> Bool {
        let over = BootClock.nanos() + job.idleMillis * 1_000_000
        while BootClock.nanos() < over && !stopAsked {
            try beat()
            let left = Double(over - BootClock.nanos()) / 1e9
            Thread.sleep(forTimeInterval: max(0, min(TrialRunner.look, left)))
        }
        return !stopAsked
    }

    private var stopAsked: Bool {
        AgentFolder.exists(folder.appendingPathComponent("stop"))
    }

    /// Takes the outcome of the engine's thread to this one.
    private final class Outcome: @unchecked Sendable {
        var exitCode: Int32 = 0
        let done = DispatchSemaphore(value: 0)
    }

    private func runEngine() throws -> Int32 {
        freopen(folder.appendingPathComponent("stdout").path, "w", stdout)
        freopen(folder.appendingPathComponent("stderr").path, "w", stderr)
        setvbuf(stderr, nil, _IONBF, 0)
        let stop = StopFlag()
        let outcome = Outcome()
        let thread = Thread { [engine, folder, app] in
            outcome.exitCode = EngineRun.exitCode(engine, folder: folder, app: app, stop: stop)
            outcome.done.signal()
        }
        thread.name = "engine"
        thread.stackSize = 16 << 20
        thread.qualityOfService = .userInteractive
        let deadlineAt = BootClock.nanos() + job.deadlineMillis * 1_000_000
        var leftAt = Int64.max
        thread.start()
        while outcome.done.wait(timeout: .now() + TrialRunner.look) == .timedOut {
            if why == nil {
                why = stopAsked ? "STOPPED" : BootClock.nanos() >= deadlineAt ? "DEADLINE" : nil
                if why != nil {
                    stop.raise()
                    leftAt = BootClock.nanos() + job.graceMillis * 1_000_000
                }
            } else if BootClock.nanos() >= leftAt {
                return TrialRunner.killedExit // the thread ends with the app, which ends soon
            }
            try beat()
        }
        return outcome.exitCode
    }

    private func beat() throws {
        if BootClock.nanos() - beatAt >= TrialRunner.beatNanos {
            try write("RUNNING")
        }
    }

    private func write(_ state: String) throws {
        beatAt = BootClock.nanos()
        try status.write(state)
    }
}
