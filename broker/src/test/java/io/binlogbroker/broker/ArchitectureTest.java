package io.binlogbroker.broker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The permitted dependencies of the daemon's packages on each other and on libraries. */
class ArchitectureTest {
  private static final String ROOT = "io.binlogbroker.broker";
  private static final String BINLOG = "io.binlogbroker.binlog";

  /** Each package depends only on those before it, and on the engine. */
  private static final List<String> LAYERS =
      List.of(
          "timer",
          "fleet",
          "event",
          "config.text",
          "config.section",
          "config.source",
          "config.alert",
          "config",
          "config.edit",
          "ha",
          "config.watch",
          "admin",
          "alert");

  /** Each depends on the layers, but on no other adapter. */
  private static final List<String> ADAPTERS = List.of("kafka", "file", "etcd", "http");

  /** The parts of an adapter that depend on nothing else in the daemon. */
  private static final List<String> PARTS = List.of("kafka.record", "kafka.flow");

  /** The part of the HTTP server that knows nothing of HTTP's library. */
  private static final String ACTIONS = "http.action";

  private static JavaClasses classes = new ClassFileImporter().importPackages("nowhere");

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT, BINLOG);
  }

  @Test
  void everyPackageIsALayerOrAnAdapter() {
    Set<String> packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT + "."))
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(Collectors.toSet());

    assertThat(packages)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(LAYERS, ADAPTERS, PARTS, List.of(ACTIONS)).flatMap(List::stream).toList());
  }

  @Test
  void eachLayerDependsOnlyOnEarlierLayers() {
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      String[] visible = packagesOf(LAYERS.subList(0, layer + 1));
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + LAYERS.get(layer))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(visible))))
          .check(classes);
    }
  }

  @Test
  void partsDependOnNothingElseInTheDaemon() {
    for (String part : PARTS) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + part)
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT + "." + part))))
          .check(classes);
    }
  }

  @Test
  void adaptersDoNotDependOnEachOther() {
    for (String adapter : ADAPTERS) {
      String[] otherAdapters =
          ADAPTERS.stream()
              .filter(other -> !other.equals(adapter))
              .map(other -> ROOT + "." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + adapter + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(otherAdapters)
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @Test
  void adaptersDoNotDependOnTheRootPackage() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf(ADAPTERS))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(classes);
  }

  @Test
  void onlyTheKafkaPackageKnowsKafka() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .resideOutsideOfPackage(ROOT + ".kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(classes);
  }

  @Test
  void onlyTheEtcdPackageKnowsEtcd() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .resideOutsideOfPackage(ROOT + ".etcd..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.etcd..", "io.grpc..", "io.netty..")
        .check(classes);
  }

  @Test
  void onlyTheConfigurationKnowsHowSessionsWithMysqlAreOpened() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .resideOutsideOfPackages(ROOT + ".config", ROOT + ".config.source")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BINLOG, BINLOG + ".wire..", BINLOG + ".event..")
        .check(classes);
  }

  @Test
  void onlyTheAdminPackageKnowsMicrometer() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .resideOutsideOfPackage(ROOT + ".admin..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(classes);
  }

  @Test
  void onlyTheHttpPackageKnowsJetty() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .resideOutsideOfPackage(ROOT + ".http")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(classes);
  }

  @Test
  void onlyTheHttpServerDependsOnTheStateThatItShows() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf(List.of("kafka", "file", "etcd")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".admin..")
        .check(classes);
  }

  @Test
  void noClassExitsTheJvmOrSetsSystemProperties() {
    noClasses()
        .should()
        .callMethod(System.class, "setProperty", String.class, String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(classes);
  }

  @Test
  void noClassPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  @Test
  void noClassUsesTheJdksLogger() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(packages()).should().beFreeOfCycles().check(classes);
  }

  /** Unlike a pattern with a star, this includes the root packages. */
  private static SliceAssignment packages() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return javaClass.getPackageName().startsWith("io.binlogbroker")
            ? SliceIdentifier.of(javaClass.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }

  private static String[] packagesOf(List<String> names) {
    return names.stream().map(name -> ROOT + "." + name).toArray(String[]::new);
  }
}
