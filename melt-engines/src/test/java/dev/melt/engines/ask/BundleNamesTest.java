package dev.melt.engines.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.bundle.BundleGuess;
import dev.melt.core.engine.EngineAdapter;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BundleNamesTest {
    @Test
    void aBundleIsTakenForOneOfAnEngineThatThereIs() {
        Set<String> engines = ServiceLoader.load(EngineAdapter.class).stream()
                .map(provider -> provider.get().name())
                .collect(Collectors.toSet());
        assertThat(engines).containsAll(BundleGuess.engineNames());
    }
}
