package io.binlogbroker.broker.file;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.broker.event.EventJson;
import io.binlogbroker.broker.event.EventReader;
import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.engine.event.EventKind;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventFileFuzzTest {
  @Test
  void damagedLinesAreLeftOut() {
    EventRing ring = new EventRing("a", Clock.systemUTC());
    ring.add(EventKind.GAP, "lost", "binlog.000001:4", "compare");
    ring.add(EventKind.RECONNECT, "refused");
    ring.add(EventKind.RECONNECT, "refused");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ring.all()
        .forEach(
            event -> {
              file.writeBytes(EventJson.write(event));
              file.write('\n');
            });

    EventReader reader = new EventReader("a mutation");
    Mutations.of("event file", List.of(file.toByteArray()), Set.of())
        .run(content -> FileEventStore.read(content, reader));
  }
}
