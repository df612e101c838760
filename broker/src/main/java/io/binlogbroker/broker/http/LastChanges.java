package io.binlogbroker.broker.http;

import io.binlogbroker.broker.admin.TableCount;
import io.binlogbroker.engine.model.TableName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When rows of each table of a group were last delivered, as accurate as the interval of the
 * samples: it is derived from the counters, so that it costs the delivery nothing. One thread takes
 * samples, any thread asks.
 */
final class LastChanges {
  private final Map<TableName, Seen> tables = new ConcurrentHashMap<>();

  private record Seen(long rows, Instant at) {}

  /** Takes one sample of the rows that were delivered so far. */
  void sample(List<TableCount> counts, Instant now) {
    Map<TableName, Long> rows = new HashMap<>();
    for (TableCount count : counts) {
      rows.merge(new TableName(count.schema(), count.table()), count.rows(), Long::sum);
    }
    rows.forEach(
        (table, total) -> {
          Seen seen = tables.get(table);
          if (total > (seen == null ? 0 : seen.rows)) {
            tables.put(table, new Seen(total, now));
          }
        });
  }

  /** Null where nothing was delivered since the process started. */
  @Nullable Instant of(TableName table) {
    Seen seen = tables.get(table);
    return seen == null ? null : seen.at;
  }
}
