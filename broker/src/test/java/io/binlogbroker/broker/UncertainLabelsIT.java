package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.Unnamed;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Labels of ENUM and SET that a server shows as question marks. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class UncertainLabelsIT {
  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void labelsThatTheServerShowsAsQuestionMarksAreNotGuessed(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "thumbs_" + version.ordinal();
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE " + schema + ".votes (vote ENUM('👍', 'no') CHARACTER SET utf8mb4)");
    DeliveryException failure;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      broker.stop();
      mysql.execute("INSERT INTO " + schema + ".votes VALUES (1)");

      failure = broker.fail();
    }

    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(failure).hasMessageContaining(schema + ".votes column \"vote\" are not certain");
  }

  /** Servers log a statement that they generate, with labels as in SHOW CREATE TABLE. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void labelsAfterCreateTableSelectAreNotGuessed(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "selected_thumbs_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema);
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      mysql.execute(
          "USE " + schema,
          "CREATE TABLE votes (vote ENUM('👍', 'no') CHARACTER SET utf8mb4)",
          "INSERT INTO votes VALUES (1)",
          "CREATE TABLE copy AS SELECT * FROM votes");
      DeliveryException failure = broker.failure();

      assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
      assertThat(failure)
          .hasMessageContaining(schema + ".copy column \"vote\" are not certain")
          .hasMessageContaining("(A ? in the labels of the column vote may replace");
    }
  }

  /**
   * information_schema is queried because of the UUID column, whose type the log does not contain.
   */
  @Test
  void labelsInTheLogAreNotRejectedAsUncertain() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MARIADB_11_4);
    mysql.execute(
        "CREATE DATABASE told_thumbs",
        "CREATE TABLE told_thumbs.t (id UUID, vote ENUM('👍', 'no') CHARACTER SET utf8mb4)");
    try (LiveBroker broker = LiveBroker.ofAll("told_thumbs", mysql, kafka)) {
      mysql.execute("INSERT INTO told_thumbs.t VALUES (UUID(), 1)");
      ChangeRecord change = broker.stopAfter(1, "told_thumbs").get(0);

      assertThat(Objects.requireNonNull(change.change().after()).get("vote").textValue())
          .isEqualTo("👍");
    }
  }
}
