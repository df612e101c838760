package io.binlogbroker.binlog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static final String ROOT = "io.binlogbroker.binlog";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyPackageHasClasses() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(
            ROOT + ".bytes",
            ROOT + ".event",
            ROOT + ".wire.connection",
            ROOT + ".wire.login",
            ROOT + ".wire",
            ROOT + ".row.column",
            ROOT + ".row.text",
            ROOT + ".row.json",
            ROOT + ".row.cell",
            ROOT + ".row",
            ROOT + ".query");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes, bytes",
    "event, bytes event",
    "wire.connection, bytes event wire.connection",
    "wire.login, bytes event wire.connection wire.login",
    "wire, bytes event wire.connection wire.login wire",
    "row.column, bytes event row.column",
    "row.text, bytes event row.column row.text",
    "row.json, bytes event row.column row.text row.json",
    "row.cell, bytes event row.column row.text row.json row.cell",
    "row, bytes event row.column row.text row.json row.cell row",
    "query, bytes event wire.connection wire.login wire row.column row.text row.json row.cell row query",
  })
  void packageDependsOnlyOnLowerPackages(String own, String known) {
    String[] packages = known.split(" ");
    for (int i = 0; i < packages.length; i++) {
      packages[i] = ROOT + "." + packages[i];
    }

    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + own)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("io.binlogbroker..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages)))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyJdkZstdAndJspecifyAreUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "..",
            "java..",
            "javax.net..",
            "javax.crypto..",
            "javax.security..",
            "com.github.luben.zstd",
            "org.jspecify.annotations")
        .check(CLASSES);
  }

  @Test
  void onlyTheEventPackageDecompressesPayloads() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".event")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.luben.zstd..")
        .check(CLASSES);
  }

  @Test
  void nothingIsPrintedOrLogged() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }
}
