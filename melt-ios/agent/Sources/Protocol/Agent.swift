import Foundation

/// One life of the app: does what `job.json` says. Used once, away from the main thread.
final class Agent: @unchecked Sendable {
    private let sensors: Sensors
    private let engine: Engine

    init(sensors: Sensors, engine: Engine) {
        self.sensors = sensors
        self.engine = engine
    }

    /// Lives on a thread of its own, and ends the process when it is done, so that the next job has one of its own.
    func start() {
        let thread = Thread { [self] in
            do {
                print("MELT_DONE \(try live())")
                exit(0)
            } catch {
                fputs("melt-agent: \(error)\n", stderr)
                exit(1)
            }
        }
        thread.name = "agent"
        thread.qualityOfService = .userInitiated
        thread.start()
    }

    /// - Returns: what a person who looks at the screen may want to know
    private func live() throws -> String {
        let app = try AgentFolder()
        let own = AgentSelf()
        try own.tell(app.selfFile)
        switch JobFile.read(app.jobFile) {
        case let .seal(sha256, name):
            try Sealer(folder: app).seal(sha256: sha256, name: name)
            return "sealed \(name)"
        case let .trial(job):
            try TrialRunner(job, in: app, as: own, sensors: sensors, engine: engine).run()
            return "trial \(job.id)"
        case let .refused(trial, why):
            try TrialRunner.refuse(trial: trial, why: why, in: app, as: own)
            return why
        case let .nothing(why):
            return why
        }
    }
}
