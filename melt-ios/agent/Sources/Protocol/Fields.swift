import Foundation

/// The fields of one object of a request; remembers which were asked for.
final class Fields {
    private let path: String
    private let values: [String: Any]
    private var asked = Set<String>()

    init(_ path: String, _ values: [String: Any]) {
        self.path = path
        self.values = values
    }

    func wrong(_ name: String, _ expected: String) -> EngineFailure {
        EngineFailure(kind: .badOption, message: "\(path).\(name): expected \(expected)")
    }

    func has(_ name: String) -> Bool {
        value(name) != nil
    }

    private func value(_ name: String) -> Any? {
        asked.insert(name)
        return values[name]
    }

    func required<T>(_ value: T?, _ name: String, _ what: String) throws -> T {
        guard let value else {
            throw wrong(name, what)
        }
        return value
    }

    func text(_ name: String) throws -> String? {
        guard let found = value(name) else {
            return nil
        }
        return try required(found as? String, name, "a text")
    }

    func flag(_ name: String, _ usual: Bool) throws -> Bool {
        guard let found = value(name) else {
            return usual
        }
        guard let number = found as? NSNumber, CFGetTypeID(number) == CFBooleanGetTypeID() else {
            throw wrong(name, "true or false")
        }
        return number.boolValue
    }

    /// Required where there is no usual value.
    func whole(_ name: String, _ usual: Int64?, _ range: ClosedRange<Int64>) throws -> Int64 {
        guard let found = value(name) else {
            return try required(usual, name, "a whole number")
        }
        guard let number = JobFile.whole(found), range.contains(number) else {
            throw wrong(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func wholes(_ name: String, _ range: ClosedRange<Int64>) throws -> [Int64] {
        guard let found = value(name) else {
            return []
        }
        return try required(found as? [Any], name, "a list of whole numbers").map {
            guard let number = JobFile.whole($0), range.contains(number) else {
                throw wrong(name, "whole numbers from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    /// At least one.
    func texts(_ name: String) throws -> [String] {
        let texts = try required(value(name) as? [String], name, "a list of texts")
        if texts.isEmpty {
            throw wrong(name, "at least one text")
        }
        return texts
    }

    func decimal(_ name: String, _ usual: Double, _ range: ClosedRange<Double>) throws -> Double {
        guard let found = value(name) else {
            return usual
        }
        guard let number = found as? NSNumber, CFGetTypeID(number) != CFBooleanGetTypeID(),
            range.contains(number.doubleValue)
        else {
            throw wrong(name, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number.doubleValue
    }

    /// An empty one where there is none.
    func object(_ name: String) throws -> Fields {
        guard let found = value(name) else {
            return Fields("\(path).\(name)", [:])
        }
        let values = try required(found as? [String: Any], name, "an object")
        return Fields("\(path).\(name)", values)
    }

    func objects(_ name: String) throws -> [Fields] {
        guard let found = value(name) else {
            return []
        }
        let list = try required(found as? [[String: Any]], name, "a list of objects")
        return list.enumerated().map { Fields("\(path).\(name)[\($0.offset)]", $0.element) }
    }

    func refuseOthers() throws {
        if let other = values.keys.sorted().first(where: { !asked.contains($0) }) {
            throw EngineFailure(kind: .badOption, message: "\(path).\(other): this app does not know it")
        }
    }
}
