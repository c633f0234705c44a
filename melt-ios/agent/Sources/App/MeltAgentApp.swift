import SwiftUI
import UIKit

/// Starts the agent when it is launched and ends when the job is done, so that the next one has a process of its own.
@main
struct MeltAgentApp: App {
    @StateObject private var life = Life()

    var body: some Scene {
        WindowGroup {
            VStack(spacing: 12) {
                Text("MELT agent").font(.headline)
                Text(life.words).font(.footnote)
            }
            .padding()
            .onAppear { life.begin() }
        }
    }
}

@MainActor
final class Life: ObservableObject {
    @Published private(set) var words = "at work; leave this screen on"
    private let battery = BatteryWatch()
    private var begun = false

    func begin() {
        guard !begun else {
            return
        }
        begun = true
        UIApplication.shared.isIdleTimerDisabled = true
        battery.begin()
        Agent(sensors: Sensors(battery: battery), engine: LlamaEngine(useGPU: Life.useGPU)).start()
    }

    /// As `MeltEngineBackend` in `Info.plist` tells the host.
    private static var useGPU: Bool {
        Bundle.main.object(forInfoDictionaryKey: "MeltEngineBackend") as? String == "gpu"
    }
}
