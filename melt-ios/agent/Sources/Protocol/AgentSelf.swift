import Darwin
import Foundation

/// Who runs and since when, as `app.json` tells it.
struct AgentSelf {
    let bundle = Bundle.main.bundleIdentifier ?? "unknown"
    let version = Bundle.main.object(forInfoDictionaryKey: "CFBundleVersion") as? String ?? "0"
    let pid = getpid()
    let bootId = AgentSelf.bootSession()
    let wall = WallPair.read()

    /// Writes the file, with one launch more than the last one told.
    func tell(_ file: URL) throws {
        let fields: [String: Any] = [
            "melt-app": 1,
            "bundle": bundle,
            "version": version,
            "pid": Int(pid),
            "boot_id": bootId,
            "wall_ns": wall.wallNanos,
            "wall_boot_ns": wall.bootNanos,
            "wall_bound_ns": wall.boundNanos,
            "launches": AgentSelf.launchesBefore(file) + 1,
        ]
        let data = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])
        try AgentFolder.replace(file, String(decoding: data, as: UTF8.self) + "\n")
    }

    private static func launchesBefore(_ file: URL) -> Int64 {
        guard let data = try? Data(contentsOf: file),
            let object = try? JSONSerialization.jsonObject(with: data),
            let told = object as? [String: Any]
        else {
            return 0
        }
        return max(0, JobFile.whole(told["launches"]) ?? 0)
    }

    /// `kern.bootsessionuuid`; where the sandbox does not tell it, the second in which the phone started.
    private static func bootSession() -> String {
        var size = 0
        if sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0, size > 1 {
            var text = [CChar](repeating: 0, count: size)
            if sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 {
                return String(cString: text)
            }
        }
        var started = timeval()
        var length = MemoryLayout<timeval>.size
        if sysctlbyname("kern.boottime", &started, &length, nil, 0) == 0 {
            return "boottime-\(started.tv_sec)"
        }
        return "unknown"
    }
}
