package io.binlogbroker.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The allowed dependencies of the command line. */
class ArchitectureTest {
  private static final String CLI = "io.binlogbroker.cli";

  private static JavaClasses classes = new ClassFileImporter().importPackages("nowhere");

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(CLI, "io.binlogbroker.broker", "io.binlogbroker.client");
  }

  @Test
  void nothingDependsOnTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CLI + "..")
        .check(classes);
  }

  @Test
  void testServersAndDemoAreNotOnTheProductionClassPath() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.binlogbroker.testkit..", "io.binlogbroker.demo..")
        .check(classes);
  }

  @Test
  void onlyTheCommandLineUsesPicocliAndLogback() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "ch.qos.logback..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    JavaClasses own =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(CLI);

    slices().matching("io.binlogbroker.(**)").should().beFreeOfCycles().check(own);
  }
}
