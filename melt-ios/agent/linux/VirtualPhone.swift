import Foundation
import Glibc

/// What the simulated phone lets an app see of it: a file of `KEY=VALUE` lines, replaced as a whole, that `MELT_PHONE` names.
public enum VirtualPhone {
    private static let file = ProcessInfo.processInfo.environment["MELT_PHONE"] ?? ""

    /// Nil when the phone does not tell it.
    public static func told(_ key: String) -> String? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            return nil
        }
        return text.split(separator: "\n").first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
    }
}
