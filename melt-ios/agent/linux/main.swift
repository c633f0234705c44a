import Foundation
import UIKit

// What `MeltAgentApp` does on a phone, without a window. The app's home is where the simulated phone has put it, not the user's.
setenv("CFFIXED_USER_HOME", ProcessInfo.processInfo.environment["HOME"] ?? "/", 1)
let battery = BatteryWatch()
MainActor.assumeIsolated { battery.begin() }
let backend = Bundle.main.object(forInfoDictionaryKey: "MeltEngineBackend") as? String
Agent(sensors: Sensors(battery: battery), engine: LlamaEngine(useGPU: backend == "gpu")).start()
RunLoop.main.run()
