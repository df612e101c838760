package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final CapturedRun run = new CapturedRun();

  @TempDir Path folder;

  @Test
  void aMissingGroupIsReportedWithTheOption() {
    int code = run.execute("-c", "conf.json");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("Missing -g", "-g db_mall", "binlogbroker --help");
  }

  @Test
  void aMissingConfigurationIsReportedWithTheOptions() {
    int code = run.execute("-g", "db_mall");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("Missing -c", "-c conf.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,a", "a,", ",a", "a,,b", ","})
  void severalGroupsHaveDifferentNames(String groups) {
    int code = run.execute("-g", groups, "-etcd", "127.0.0.1:1");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("-g: expected different names, separated by commas");
  }

  @Test
  void everyGroupNeedsEtcd() {
    int code = run.execute("-g", "*", "-c", "conf.json");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("-g '*'", "leave out -c");
  }

  @Test
  void commandsAreForOneGroup() {
    int code = run.execute("role", "-g", "*", "-etcd", "127.0.0.1:1");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("-g: expected one group");
  }

  @Test
  void severalGroupsNeedAFileEach() {
    int code = run.execute("-g", "a,b", "-c", "conf.json");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("-g names several groups", "-c 'conf/{group}.json'");
  }

  @Test
  void aCommandIsForOneGroup() {
    int code = run.execute("check", "-g", "a,b", "-c", "conf.json");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("-g: expected one group, got \"a,b\"");
  }

  @Test
  void groupsOfOneProcessHaveOneListenerAndOneLog() throws IOException {
    String config =
        """
        {"KafkaAddr": ["k:1"], "MysqlConn": "u:p@tcp(h)", "SyncAll": true,
         "RPCListen": ":%d", "LogDir": "%s", "Otlp": {"Url": "http://%s/v1/metrics"}}
        """;
    Files.writeString(folder.resolve("a.json"), config.formatted(8846, folder.resolve("a"), "one"));
    Files.writeString(
        folder.resolve("b.json"), config.formatted(8847, folder.resolve("b"), "other"));

    int code = run.execute("-g", "a,b", "-c", folder.resolve("{group}.json").toString());

    assertThat(code).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "RPCListen, RPCHosts, RPCTls, AdminToken: groups a and b of one process have different values")
        .contains("LogDir, LogFile: groups a and b of one process")
        .contains("Otlp: groups a and b of one process");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "position show", "position reset"})
  void everyCommandNeedsAGroup(String command) {
    int code = run.execute((command + " -c conf.json").split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("Missing -g", "binlogbroker " + command + " --help");
  }

  @Test
  void etcdWithAFileIsUsedForPositionsAndElection() throws IOException {
    Path file =
        write("{\"KafkaAddr\": [\"k:1\"], \"MysqlConn\": \"u:p@tcp(h)\", \"SyncAll\": true}");

    int code = run.execute("role", "-g", "a", "-c", file.toString(), "-etcd", "127.0.0.1:1");

    assertThat(code).isEqualTo(11);
    assertThat(run.err()).contains("etcd at 127.0.0.1:1");
  }

  @Test
  void anotherEtcdThanTheFileNamesIsRefused() throws IOException {
    Path file =
        write(
            """
            {"KafkaAddr": ["k:1"], "MysqlConn": "u:p@tcp(h)", "SyncAll": true,
             "EtcdAddr": "etcd1:2379"}
            """);

    int code = run.execute("-g", "a", "-c", file.toString(), "-etcd", "etcd2:2379");

    assertThat(code).isEqualTo(3);
    assertThat(run.err())
        .contains(file.toString(), "EtcdAddr: is etcd1:2379, but -etcd names etcd2:2379; fix: ");
  }

  @Test
  void theListenAddressIsChecked() {
    int code = run.execute("-g", "a", "-c", "conf.json", "--listen", "8847");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("--listen: expected :port or host:port", "got \"8847\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "a b", " a", "a\tb", "a\nb", "a\u0000", "a\u3000b", "a\u200bb", "/"})
  void aGroupNameHasNoSeparatorsAndInvisibleCharacters(String group) {
    for (String command : new String[] {"check", "position show", "config show", "role"}) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.addAll(List.of("-g", group, "-c", "conf.json"));

      assertThat(run.execute(line.toArray(String[]::new))).as(command).isEqualTo(2);
    }
    assertThat(run.err()).contains("-g: the group name has the character U+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db_mall", "订单", "a.b-c:d", "größe", "mall@1", "🛒", "a\\b", "50%"})
  void aGroupNameMayContainLettersDigitsAndSigns(String group) {
    int code = run.execute("check", "-g", group, "-c", folder.resolve("none.json").toString());

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("file not found");
  }

  @Test
  void aCharacterOutsideTheLocalesEncodingIsRefused() {
    int code = run.execute("check", "-g", "\uFFFD\uFFFD", "-c", "conf.json");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("characters that are invalid in the locale", "LC_ALL=C.UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "role", "position show", "config validate", "config show"})
  void readOnlyCommandsCreateNoFolders(String command) throws IOException {
    Path file =
        write(
            """
            {"KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "u:p@tcp(127.0.0.1:1)", "SyncAll": true,
             "LogDir": "%1$s/log", "StateDir": "%1$s/state"}
            """
                .formatted(folder));
    List<String> line = new ArrayList<>(List.of(command.split(" ")));
    line.addAll(List.of("-g", "db_mall", "-c", file.toString()));

    run.execute(line.toArray(String[]::new));

    assertThat(folder.toFile().list()).containsExactly("conf.json");
  }

  @Test
  void aMisspeltKafkaPropertyIsReportedWithoutKafka() throws IOException {
    Path file =
        write(
            """
            {"KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "u:p@tcp(127.0.0.1:1)", "SyncAll": true,
             "Kafka": {"compresion.type": "lz4"}}
            """);

    for (String command : new String[] {"check", "config validate --offline"}) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.addAll(List.of("-g", "db_mall", "-c", file.toString()));

      int code = run.execute(line.toArray(String[]::new));

      assertThat(code).as(command).isIn(3, 11);
      assertThat(run.out())
          .contains("not ok  Kafka", "\"compresion.type\"", "the nearest is \"compression.type\"");
    }
    assertThat(run.execute("config", "validate", "--offline", "-g", "a", "-c", file.toString()))
        .isEqualTo(3);
  }

  @Test
  void withoutArgumentsTheUsageIsShown() {
    int code = run.execute();

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("Usage: binlogbroker ", "Commands:", "check", "--listen");
  }

  @Test
  void helpShowsTheUsageOfACommand() {
    assertThat(run.execute("help")).isZero();
    assertThat(run.out()).contains("Usage: binlogbroker ", "Commands:");

    assertThat(run.execute("help", "check")).isZero();
    assertThat(run.out()).contains("Usage: binlogbroker check");
  }

  @Test
  void aMistypedCommandIsReportedWithTheNearestOne() {
    int code = run.execute("chek");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("'chek'", "binlogbroker check");
  }

  @Test
  void aMissingFileIsNamed() {
    int code = run.execute("-g", "db_mall", "-c", "/nowhere/conf.json");

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("/nowhere/conf.json", "file not found");
  }

  @Test
  void allFaultsOfAConfigurationAreReportedAtOnce() throws IOException {
    Path file = write("{\"KafkaAdr\": [\"k:9092\"], \"SyncAll\": \"yes\"}");

    int code = run.execute("check", "-g", "db_mall", "-c", file.toString());

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("KafkaAdr", "SyncAll", "MysqlConn: missing");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void invalidRulesEndTheBrokerWithTheConfigurationExitCode() throws IOException {
    Path file =
        write(
            """
            {"RPCListen":"", "KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "u:p@tcp(127.0.0.1:1)",
             "LogDir": "%1$s/log", "StateDir": "%1$s/state",
             "Sources": [{"Schema": "a(", "Tables": [{"Table": "goods"}]}]}
            """
                .formatted(folder));

    int code = run.execute("-g", "db_mall", "-c", file.toString());

    assertThat(code).isEqualTo(3);
    assertThat(folder.resolve("log/binlogbroker.log")).content().contains("ERROR", "Schema");
  }

  @Test
  void anImpossibleLogFolderIsNamed() throws IOException {
    Path file =
        write(
            """
            {"RPCListen":"", "KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "u:p@tcp(127.0.0.1:1)", "SyncAll": true,
             "LogDir": "%1$s/conf.json/log", "StateDir": "%1$s/state"}
            """
                .formatted(folder));

    int code = run.execute("-g", "db_mall", "-c", file.toString());

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("LogDir", "conf.json/log/binlogbroker.log cannot be written");
  }

  @Test
  void aPositionBeforeTheFirstEventIsRefused() {
    int code =
        run.execute(
            "position", "set", "-g", "a", "-c", "conf.json", "--file", "binlog.1", "--pos", "3");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("--pos from 4");
  }

  @Test
  void positionWithoutASubcommandIsRefused() {
    int code = run.execute("position");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("show, set, import or reset");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    int code = run.execute("version");

    assertThat(code).isZero();
    assertThat(run.out())
        .containsPattern("binlogbroker \\d+\\.\\d+\\.\\d+\\S* \\(commit ([0-9a-f]{7,}|unknown)\\)")
        .containsPattern("Kafka client \\d+\\.\\d+\\.\\d+")
        .contains("Java " + Runtime.version().feature());
  }

  @Test
  void eachCommandShowsAnExampleInItsHelp() {
    showsAnExample(Main.commandLine());
  }

  private static void showsAnExample(CommandLine command) {
    boolean plain = Set.of("version", "help").contains(command.getCommandName());
    assertThat(plain || command.getUsageMessage().contains("Example"))
        .as("%s --help", command.getCommandSpec().qualifiedName())
        .isTrue();
    command.getSubcommands().values().forEach(CommandLineTest::showsAnExample);
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("conf.json"), json);
  }
}
