package dev.melt.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the modules, over every class that ships. melt-cli is the only module that sees all others. */
@AnalyzeClasses(packages = "dev.melt", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule CORE_KNOWS_NO_COMMAND_LINE_LINK_OR_WEB = noClasses()
            .that()
            .resideInAPackage("dev.melt.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "picocli..",
                    "dadb..",
                    "net.schmizz..",
                    "com.hierynomus..",
                    "io.micronaut..",
                    "com.sun.jna..",
                    "com.sun.net.httpserver..",
                    "dev.melt.cli..",
                    "dev.melt.embedded..",
                    "dev.melt.engines..",
                    "dev.melt.local..");

    @ArchTest
    static final ArchRule A_DRIVER_KNOWS_CORE_ONLY = noClasses()
            .that()
            .resideInAnyPackage("dev.melt.local..", "dev.melt.android..", "dev.melt.jetson..", "dev.melt.ios..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.melt.cli..", "dev.melt.testkit..", "picocli..")
            .because("the composition is melt-cli's");

    @ArchTest
    static final ArchRule DRIVERS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("dev.melt.(local|android|jetson|ios)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_WORKER_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.melt.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.melt.core..", "dev.melt.local..", "dev.melt.cli..")
            .because("it is pushed to devices as one small jar");

    @ArchTest
    static final ArchRule AN_ENGINE_KNOWS_CORE_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.melt.engines..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.melt.cli..", "dev.melt.local..", "dev.melt.embedded..", "dev.melt.testkit..", "picocli..");

    @ArchTest
    static final ArchRule ENGINES_STAND_BESIDE_EACH_OTHER =
            slices().matching("dev.melt.engines.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CORE_PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.melt.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS = noClasses()
            .that()
            .doNotHaveSimpleName("Main")
            .and()
            .resideOutsideOfPackage("dev.melt.testkit..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule NOBODY_LOGS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.logging..")
            .because("what a person has to know, MELT says; what a developer has to know is in the artefacts");

    @ArchTest
    static final ArchRule ONLY_THE_EDGE_TOUCHES_THE_STREAMS_OF_THE_PROCESS = noClasses()
            .that()
            .resideInAnyPackage("dev.melt.core..", "dev.melt.local..", "dev.melt.cli..")
            .and()
            .doNotHaveFullyQualifiedName("dev.melt.cli.ProcessStreams")
            .and()
            .doNotHaveFullyQualifiedName("dev.melt.cli.InterruptGuard")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .accessField(System.class, "in");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule COMMANDS_STAND_BESIDE_EACH_OTHER = classes()
            .that()
            .implement(MeltCommand.class)
            .should()
            .haveSimpleNameEndingWith("Command")
            .andShould()
            .resideInAPackage("dev.melt.cli.*..");
}
