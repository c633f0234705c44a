// Stands in for Apple's module of that name: what the agent uses of it that Linux does not have.
import Foundation
@_exported import Glibc
import VirtualPhone

public typealias integer_t = Int32
public typealias mach_msg_type_number_t = UInt32
public typealias task_flavor_t = UInt32

public let KERN_SUCCESS: Int32 = 0
public let TASK_VM_INFO: Int32 = 22
public let mach_task_self_: UInt32 = 0

public struct mach_timebase_info_data_t {
    public var numer: UInt32 = 1
    public var denom: UInt32 = 1

    public init() {}
}

@discardableResult
public func mach_timebase_info(_ info: UnsafeMutablePointer<mach_timebase_info_data_t>) -> Int32 {
    info.pointee = mach_timebase_info_data_t()
    return KERN_SUCCESS
}

/// The boot clock, in nanoseconds.
public func mach_continuous_time() -> UInt64 {
    clock_gettime_nsec_np(CLOCK_BOOTTIME)
}

public func clock_gettime_nsec_np(_ clock: clockid_t) -> UInt64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}

/// Only `kern.bootsessionuuid`.
public func sysctlbyname(
    _ name: String, _ value: UnsafeMutableRawPointer?, _ size: UnsafeMutablePointer<Int>?,
    _ fresh: UnsafeMutableRawPointer?, _ freshSize: Int
) -> Int32 {
    guard name == "kern.bootsessionuuid", let size, let session = VirtualPhone.told("boot_id") else {
        return -1
    }
    let bytes = Array(session.utf8) + [0]
    if let value {
        guard size.pointee >= bytes.count else {
            return -1
        }
        value.copyMemory(from: bytes, byteCount: bytes.count)
    }
    size.pointee = bytes.count
    return 0
}

public struct task_vm_info_data_t {
    public var phys_footprint: UInt64 = 0

    public init() {}
}

/// The resident set stands for the footprint.
public func task_info(
    _ task: UInt32, _ flavor: task_flavor_t, _ info: UnsafeMutablePointer<integer_t>,
    _ count: UnsafeMutablePointer<mach_msg_type_number_t>
) -> Int32 {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii),
        let pages = text.split(separator: " ").dropFirst().first.flatMap({ UInt64($0) })
    else {
        return 1
    }
    UnsafeMutableRawPointer(info).storeBytes(of: pages * UInt64(getpagesize()), as: UInt64.self)
    return KERN_SUCCESS
}
