import Foundation

/// The `status` of a trial: `KEY=VALUE` lines, always replaced as a whole. Used by one thread.
final class StatusFile {
    private let file: URL
    private var lines: [(key: String, value: String)] = []

    init(_ file: URL, of app: AgentSelf) {
        self.file = file
        put("boot_id", app.bootId)
        put("pid", "\(app.pid)")
        put("start_ns", "\(BootClock.nanos())")
        put("wall_ns", "\(app.wall.wallNanos)")
        put("wall_boot_ns", "\(app.wall.bootNanos)")
        put("wall_bound_ns", "\(app.wall.boundNanos)")
        put("clock", "continuous")
        put("clock_bound_ns", "\(BootClock.boundNanos)")
    }

    func put(_ key: String, _ value: String) {
        if let at = lines.firstIndex(where: { $0.key == key }) {
            lines[at].value = value
        } else {
            lines.append((key, value))
        }
    }

    /// As it is now.
    func write(_ state: String) throws {
        put("state", state)
        put("beat_ns", "\(BootClock.nanos())")
        try AgentFolder.replace(file, lines.map { "\($0.key)=\($0.value)\n" }.joined())
    }
}
