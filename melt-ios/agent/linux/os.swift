// Stands in for Apple's module of that name.
import VirtualPhone

public func os_proc_available_memory() -> Int {
    VirtualPhone.told("available").flatMap { Int($0) } ?? 0
}
