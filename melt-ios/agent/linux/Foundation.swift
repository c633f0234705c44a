import Foundation

// What Apple's Foundation has and Linux's does not, as far as the agent uses it.

func CFBooleanGetTypeID() -> UInt {
    1
}

func CFGetTypeID(_ number: NSNumber) -> UInt {
    String(cString: number.objCType) == "c" ? CFBooleanGetTypeID() : 0
}

func autoreleasepool<T>(_ body: () throws -> T) rethrows -> T {
    try body()
}
