import Foundation

/// The event file: one JSON object a line, gathered in memory until `flush` hands whole lines to the system. Used by one thread.
final class EventLines {
    private let file: GrowingFile
    private var gathered = ""

    init(_ path: URL) throws {
        file = try GrowingFile(path)
    }

    /// Puts a line behind the others.
    func add(_ event: String, _ fields: [Field]) {
        gathered += EventLines.object([.text("e", event)] + fields)
        gathered += "\n"
    }

    func flush() throws {
        try file.add(gathered)
        gathered = ""
    }

    /// A name and a value; what is nil is not known and left out.
    enum Field {
        case text(String, String?)
        case number(String, Int64?)
        case decimal(String, Double?)
        case decimals(String, [Double])
        case flag(String, Bool?)
        case object(String, [Field])

        fileprivate var json: String? {
            switch self {
            case let .text(name, value): return value.map { EventLines.quoted(name) + ":" + EventLines.quoted($0) }
            case let .number(name, value): return value.map { EventLines.quoted(name) + ":\($0)" }
            case let .decimal(name, value):
                return value.flatMap { $0.isFinite ? EventLines.quoted(name) + ":\($0)" : nil }
            case let .decimals(name, values):
                return EventLines.quoted(name) + ":[" + values.map { "\($0)" }.joined(separator: ",") + "]"
            case let .flag(name, value): return value.map { EventLines.quoted(name) + ":\($0)" }
            case let .object(name, fields): return EventLines.quoted(name) + ":" + EventLines.object(fields)
            }
        }
    }

    private static func object(_ fields: [Field]) -> String {
        "{" + fields.compactMap { $0.json }.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case "\r": json += "\\r"
            case "\t": json += "\\t"
            default:
                if scalar.value < 0x20 {
                    json += String(format: "\\u%04x", scalar.value)
                } else {
                    json.unicodeScalars.append(scalar)
                }
            }
        }
        return json + "\""
    }
}
