import Foundation
import UIKit

// What `MeltAgentApp` does on a phone, without a window. The app's home is where the simulated phone has put it, not the user's.
setenv("CFFIXED_USER_HOME", ProcessInfo.processInfo.environment["HOME"] ?? "/", 1)
let battery = BatteryWatch()
MainActor.assumeIsolated { battery.begin() }
let backend = Bundle.main.object(forInfoDictionaryKey: "MeltEngineBackend") as? String
let agent = Agent(sensors: Sensors(battery: battery), engine: LlamaEngine(useGPU: backend == "gpu"))
let thread = Thread {
    do {
        let words = try agent.live()
        print("MELT_DONE \(words)")
        exit(0)
    } catch {
        fputs("melt-agent: \(error)\n", stderr)
        exit(1)
    }
}
thread.name = "agent"
thread.qualityOfService = .userInitiated
thread.start()
RunLoop.main.run()
