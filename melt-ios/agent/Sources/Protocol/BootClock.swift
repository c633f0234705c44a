import Darwin
import Foundation

/// The clock that goes on while the phone sleeps, in nanoseconds since the boot. Everything that the agent writes is stamped with it.
enum BootClock {
    private static let timebase: mach_timebase_info_data_t = {
        var info = mach_timebase_info_data_t()
        mach_timebase_info(&info)
        return info
    }()

    static func nanos() -> Int64 {
        Int64(mach_continuous_time() * UInt64(timebase.numer) / UInt64(timebase.denom))
    }

    /// One step of the counter: a stamp is no finer.
    static var boundNanos: Int64 {
        Int64(timebase.numer / timebase.denom) + 1
    }
}

/// One moment on the wall clock, since 1970, and on the boot clock, and how far apart the two readings may be.
struct WallPair {
    let wallNanos: Int64
    let bootNanos: Int64
    let boundNanos: Int64

    /// The closest pair of a few.
    static func read() -> WallPair {
        var best = once()
        for _ in 0..<4 {
            let next = once()
            if next.boundNanos < best.boundNanos {
                best = next
            }
        }
        return best
    }

    private static func once() -> WallPair {
        let before = BootClock.nanos()
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let after = BootClock.nanos()
        let half = (after - before) / 2 + 1
        // the wall clock itself goes in microseconds
        return WallPair(
            wallNanos: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec),
            bootNanos: before + half,
            boundNanos: half + BootClock.boundNanos + 1000)
    }
}
