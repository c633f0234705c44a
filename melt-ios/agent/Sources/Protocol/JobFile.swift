import Foundation

/// What `job.json` asks for.
enum Job {
    /// Hash a stored file and mark it.
    case seal(sha256: String, name: String)
    case trial(TrialJob)
    /// A trial that has a name and cannot be carried out.
    case refused(trial: String, why: String)
    /// Nothing to do that could be told of.
    case nothing(why: String)
}

/// A request to run, and what to sample beside it.
struct TrialJob {
    let id: String
    let periodMicros: Int64
    let idleMillis: Int64
    let deadlineMillis: Int64
    let graceMillis: Int64
    let keys: [String]
}

/// Reads `job.json`. Whatever is in it, no name that it gives leaves the folder.
enum JobFile {
    private static let largest = 1 << 20
    private static let most: Int64 = 999_999_999
    private static let mostKeys = 200

    private struct Wrong: Error {
        let why: String
    }

    static func read(_ file: URL) -> Job {
        guard let data = try? Data(contentsOf: file), data.count <= largest else {
            return .nothing(why: "no job.json of a usual size")
        }
        guard let object = try? JSONSerialization.jsonObject(with: data), let job = object as? [String: Any] else {
            return .nothing(why: "job.json is no JSON object")
        }
        let id = job["trial"] as? String ?? ""
        let named = isPlain(id, longest: 64, dots: false)
        do {
            return try read(job, id: id, named: named)
        } catch let wrong as Wrong {
            return named ? .refused(trial: id, why: wrong.why) : .nothing(why: wrong.why)
        } catch {
            return .nothing(why: "job.json: \(error)")
        }
    }

    private static func read(_ job: [String: Any], id: String, named: Bool) throws -> Job {
        try require(whole(job["melt-app"]) == 1, "melt-app", "1, the protocol of this app")
        switch job["job"] as? String {
        case "seal":
            let sha256 = job["sha256"] as? String ?? ""
            let name = job["name"] as? String ?? ""
            try require(isHash(sha256), "sha256", "64 digits of lower-case hex")
            try require(isPlain(name, longest: 128, dots: true), "name", "a plain file name")
            return .seal(sha256: sha256, name: name)
        case "trial":
            try require(named, "trial", "1 to 64 letters, digits, _ and -")
            return .trial(
                TrialJob(
                    id: id,
                    periodMicros: try number(job, "period_us", least: 1000),
                    idleMillis: try number(job, "idle_ms", least: 0, otherwise: 0),
                    deadlineMillis: try number(job, "deadline_ms", least: 1),
                    graceMillis: try number(job, "grace_ms", least: 0, otherwise: 2000),
                    keys: try keys(job)))
        default:
            throw Wrong(why: "job.json: job: expected seal or trial")
        }
    }

    private static func require(_ holds: Bool, _ name: String, _ what: String) throws {
        if !holds {
            throw Wrong(why: "job.json: \(name): expected \(what)")
        }
    }

    private static func number(
        _ job: [String: Any], _ name: String, least: Int64, otherwise: Int64? = nil
    ) throws -> Int64 {
        if job[name] == nil, let usual = otherwise {
            return usual
        }
        guard let value = whole(job[name]), value >= least, value <= most else {
            throw Wrong(why: "job.json: \(name): expected a whole number from \(least) to \(most)")
        }
        return value
    }

    private static func keys(_ job: [String: Any]) throws -> [String] {
        guard let keys = job["keys"] as? [String], keys.count <= mostKeys else {
            throw Wrong(why: "job.json: keys: expected a list of at most \(mostKeys) words")
        }
        return keys
    }

    /// A whole number in JSON; `true` is none, though Foundation would take it for 1.
    static func whole(_ value: Any?) -> Int64? {
        guard let number = value as? NSNumber, CFGetTypeID(number) != CFBooleanGetTypeID() else {
            return nil
        }
        let double = number.doubleValue
        guard double == double.rounded(), abs(double) < 9.0e15 else {
            return nil
        }
        return number.int64Value
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
    }

    /// Letters, digits, `_` and `-`; with dots also `.` and `+`, but no dot in front.
    private static func isPlain(_ text: String, longest: Int, dots: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= longest, first != 0x2E else {
            return false
        }
        return bytes.allSatisfy { byte in
            isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == 0x5F || byte == 0x2D || (dots && (byte == 0x2E || byte == 0x2B))
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }
}
