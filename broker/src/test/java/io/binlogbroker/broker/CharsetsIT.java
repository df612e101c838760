package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.CharacterTables;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every character of every character set arrives as the server itself converts it to UTF-8. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class CharsetsIT {
  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void everyCharacterArrivesAsTheServerConvertsIt(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = ("charsets_" + version).toLowerCase(Locale.ROOT);
    CharacterTables tables = CharacterTables.create(mysql, schema);

    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(schema, mysql, servers.kafka())) {
      changes = broker.stopAfter(tables.fill(), schema);
    }

    assertThat(tables.differences(changes)).isEmpty();
  }
}
