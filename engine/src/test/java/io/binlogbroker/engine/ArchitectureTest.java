package io.binlogbroker.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package of the engine may see which, and which libraries. */
class ArchitectureTest {
  private static final String ROOT = "io.binlogbroker.engine";

  /** Each package sees only those before it, so that there are no cycles. */
  private static final List<String> LAYERS =
      List.of(
          "model",
          "metrics",
          "event",
          "thread",
          "route",
          "format.cell",
          "format.trim",
          "format",
          "format.json",
          "format.canal",
          "format.maxwell",
          "format.debezium",
          "format.msgpack",
          "format.registry",
          "schema.ddl.sql",
          "schema.ddl.table",
          "schema.ddl",
          "schema.catalogue",
          "source",
          "source.mysql.server",
          "source.mysql.log",
          "source.mysql.purge",
          "source.mysql.transaction",
          "source.mysql.schema",
          "source.mysql.xa",
          "source.mysql.check",
          "source.mysql",
          "relay",
          "snapshot.key",
          "snapshot");

  private static JavaClasses classes = new ClassFileImporter().importPackages("nowhere");

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);
  }

  @Test
  void everyPackageIsInALayer() {
    Set<String> packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(Collectors.toSet());

    assertThat(packages).containsExactlyInAnyOrderElementsOf(LAYERS);
  }

  @Test
  void layersDependOnlyOnLowerLayers() {
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      String[] visible =
          LAYERS.subList(0, layer + 1).stream()
              .map(name -> ROOT + "." + name)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + LAYERS.get(layer))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(visible))))
          .check(classes);
    }
  }

  @Test
  void relayAndSourceShareOnlyThePort() {
    requireStrangers(ROOT + ".relay..", ROOT + ".source.mysql..");
  }

  @Test
  void formatsDoNotDependOnSchemasOrSources() {
    requireStrangers(ROOT + ".format..", ROOT + ".schema..", ROOT + ".source..");
  }

  @Test
  void formatsDoNotDependOnEachOther() {
    List<String> formats = List.of("json", "canal", "maxwell", "debezium", "msgpack");
    for (String format : formats) {
      String[] others =
          formats.stream()
              .filter(other -> !other.equals(format))
              .map(other -> ROOT + ".format." + other)
              .toArray(String[]::new);
      requireStrangers(ROOT + ".format." + format, others);
    }
  }

  @Test
  void theEngineDependsOnNoHostAndOnNoSystemExceptMysql() {
    ArchRuleDefinition.classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "..",
            "io.binlogbroker.binlog..",
            "java..",
            "javax.crypto..",
            "org.slf4j..",
            "com.fasterxml.jackson..",
            "org.msgpack..",
            "org.jspecify..")
        .check(classes);
  }

  @Test
  void onlyTheSourceAndSnapshotsConnectToMysql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".source.mysql..", ROOT + ".snapshot")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.binlogbroker.binlog",
            "io.binlogbroker.binlog.wire..",
            "io.binlogbroker.binlog.event..")
        .check(classes);
  }

  @Test
  void nothingChangesOrEndsTheJvm() {
    noClasses()
        .should()
        .callMethod(System.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  private static void requireStrangers(String room, String... others) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(classes);
  }
}
