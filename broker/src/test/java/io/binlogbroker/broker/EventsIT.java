package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class EventsIT {
  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @Test
  void whatHappenedBeforeARestartIsKnownAfterIt() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.execute("CREATE DATABASE events_it");
    try (LiveBroker broker = LiveBroker.ofAll("events_it", mysql, servers.kafka())) {
      mysql.execute("CREATE TABLE events_it.t (c VARCHAR(9) DEFAULT 'secret' COMMENT 'hidden')");
      broker.awaitEvents(events -> kinds(events).contains(EventKind.DDL));

      broker.stop().start();
      broker.awaitEvents(events -> kinds(events).contains(EventKind.STOPPED));

      List<GroupEvent> events = broker.events();
      assertThat(kinds(events))
          .containsSubsequence(
              EventKind.STARTED,
              EventKind.MASTER,
              EventKind.READING,
              EventKind.DDL,
              EventKind.STOPPED,
              EventKind.STARTED,
              EventKind.MASTER);
      GroupEvent ddl =
          events.stream().filter(event -> event.kind() == EventKind.DDL).findFirst().orElseThrow();
      assertThat(ddl.text())
          .isEqualTo("CREATE TABLE events_it.t (c VARCHAR(9) DEFAULT '...' COMMENT '...')");
      assertThat(ddl.place()).contains(":");
      assertThat(events)
          .filteredOn(event -> event.kind() == EventKind.READING)
          .allSatisfy(
              event -> assertThat(event.text()).startsWith("Reading from MySQL 8.0.33 at "));
    } finally {
      mysql.execute("DROP DATABASE events_it");
    }
  }

  private static List<EventKind> kinds(List<GroupEvent> events) {
    return events.stream().map(GroupEvent::kind).toList();
  }
}
