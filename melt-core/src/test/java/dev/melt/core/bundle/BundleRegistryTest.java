package dev.melt.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.engine.Bundle;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class BundleRegistryTest {
    @TempDir
    Path root;

    private TestingBundles build = new TestingBundles(Path.of("."));

    @BeforeEach
    void makeABuild() throws IOException {
        build = new TestingBundles(root.resolve("build"))
                .program("bin/run", "#!/bin/sh\n")
                .file("lib/data", "x")
                .yaml("name: one\nexpects: [libodd.so]\nenvironment: {P: '{bundle}/lib'}\n");
    }

    private Path folder() {
        return root.resolve("bundles");
    }

    private BundleRegistry registry() {
        return new BundleRegistry(folder());
    }

    private BundleRegistry.Added add() {
        return registry().add(build.read(), ByteProgress.NONE);
    }

    @Test
    void keepsACopyThatOutlivesItsSource() throws IOException {
        Bundle given = build.read().bundle();
        add();
        build.file("lib/data", "changed");

        DescribedBundle kept = registry().named("one");

        assertThat(kept.bundle().sha256()).isEqualTo(given.sha256());
        assertThat(kept.expects()).containsExactly("libodd.so");
        assertThat(kept.bundle().environmentIn("/there")).containsEntry("P", "/there/lib");
        assertThat(kept.bundle().hostFolder()).isEqualTo(kept.folder());
        assertThat(kept.folder().resolve("lib/data")).hasContent("x");
        assertThat(kept.folder().resolve("bin/run")).isExecutable();
    }

    @Test
    void addsTheSameBuildOnceHoweverOften() throws IOException {
        assertThat(add().wasThere()).isFalse();
        assertThat(add().wasThere()).isTrue();
        build.yaml("name: renamed\nexpects: [libodd.so]\nenvironment: {P: '{bundle}/lib'}\n");
        assertThat(add().wasThere()).isTrue();

        assertThat(registry().bundles().all()).extracting(Bundle::name).containsExactly("renamed");
    }

    @Test
    void refusesANameThatAnotherBuildHas() throws IOException {
        add();
        build.file("lib/data", "y");

        assertThatThrownBy(this::add)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a free name expected");
        assertThat(registry().bundles().all()).hasSize(1);
    }

    @Test
    void clearsAwayWhatAKilledMeltLeft() throws IOException {
        Files.createDirectories(folder().resolve(".adding-77/files"));
        Files.writeString(folder().resolve(".adding-77/files/half"), "x");
        Files.createDirectories(folder().resolve(".removing-88"));

        assertThat(registry().bundles().all()).isEmpty();
        add();

        assertThat(folder().resolve(".adding-77")).doesNotExist();
        assertThat(folder().resolve(".removing-88")).doesNotExist();
    }

    @Test
    void tellsOfADamagedManifestAndLeavesTheBundleOut() throws IOException {
        String sha256 = add().bundle().bundle().sha256();
        Files.writeString(folder().resolve(sha256).resolve("manifest.json"), "{\"name\": \"one\"}");

        assertThat(registry().list().bundles()).isEmpty();
        assertThat(registry().list().faults()).hasSize(1);
        assertThat(add().wasThere()).isFalse();
        assertThat(registry().bundles().all()).hasSize(1);
    }

    @Test
    void doesNotBelieveAManifestThatNamesFilesElsewhere() throws IOException {
        String sha256 = add().bundle().bundle().sha256();
        Path manifest = folder().resolve(sha256).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("lib/data", "../../../x"));

        assertThat(registry().bundles().all()).isEmpty();
    }

    @Test
    void removesABundleAndKeepsItsSource() {
        add();

        assertThat(registry().remove(registry().named("one"))).isPositive();

        assertThat(registry().bundles().all()).isEmpty();
        assertThat(build.folder().resolve("bin/run")).exists();
    }

    @Test
    void isFoundByTheBeginningOfItsHash() {
        String sha256 = add().bundle().bundle().sha256();

        assertThat(registry().named(sha256.substring(0, 8)).bundle().name()).isEqualTo("one");
        assertThatThrownBy(() -> registry().named("onne")).hasMessageContaining("did you mean one?");
    }
}
