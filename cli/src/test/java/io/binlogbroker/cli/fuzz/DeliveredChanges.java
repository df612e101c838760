package io.binlogbroker.cli.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.Markers;
import io.binlogbroker.cli.fuzz.TableLife.Change;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.ChangeRecord.Half;
import io.binlogbroker.client.Replay;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.Violation;
import io.binlogbroker.testkit.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The messages in a schema's topic. One thread. */
final class DeliveredChanges implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String MARKER = "marker";

  /** A check during the wait; throws on failure. */
  interface Watch {
    void check();
  }

  private final ChangeReader reader;
  private final KafkaServer kafka;
  private final Watch watch;
  private final Replay order = new Replay(Map.of());
  private final Map<String, List<Change>> changes = new HashMap<>();
  private final MessageKeys keys;
  private int mark;
  private long count;

  DeliveredChanges(KafkaServer kafka, String topic, MessageKeys keys, Watch watch) {
    this.keys = keys;
    this.reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            Set.of(topic),
            ChangeReader.Start.BEGINNING);
    this.kafka = kafka;
    this.watch = watch;
  }

  /** Waits until the marker table's row and everything before it has arrived. */
  void await(int wanted) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (mark < wanted) {
      watch.check();
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "Expected the mark " + wanted + " within " + LIMIT + ", the last is " + mark);
      }
      reader.poll(Duration.ofMillis(100)).forEach(this::accept);
    }
    // The marker's partition may be read before the others.
    Markers.await(kafka.bootstrapServers());
    reader.readToEnd(LIMIT, this::accept);
  }

  private void accept(ChangeRecord record) {
    order.accept(record);
    RowChange change = record.change();
    String table = change.source().table().table();
    Map<String, JsonNode> after = change.after();
    if (table.equals(MARKER) && after != null) {
      mark = after.get("n").intValue();
      return;
    }
    count++;
    keys.accept(record);
    changes
        .computeIfAbsent(table, name -> new ArrayList<>())
        .add(new Change(change.source().id(), record.half(), change.before(), after));
  }

  long count() {
    return count;
  }

  /** The differences between the selected tables and those rebuilt from the changes. */
  List<String> differences(List<TableLife> lives) {
    List<String> differences =
        new ArrayList<>(order.finish().stream().map(Violation::toString).limit(10).toList());
    Map<String, List<Change>> left = new HashMap<>();
    changes.forEach((table, all) -> left.put(table, inOrder(all)));
    for (TableLife life : lives) {
      List<Change> own = new ArrayList<>();
      List<Change> others = new ArrayList<>();
      left.getOrDefault(life.table().name(), List.of())
          .forEach(change -> (life.covers(change.id()) ? own : others).add(change));
      left.put(life.table().name(), others);
      differences.addAll(life.differences(own));
      differences.addAll(keys.differences(life));
    }
    left.values().stream()
        .flatMap(List::stream)
        .limit(10)
        .forEach(change -> differences.add("a change of a table that was not there: " + change));
    return differences;
  }

  /** In source order, with the two messages of a key change merged. */
  private static List<Change> inOrder(List<Change> arrived) {
    List<Change> sorted = new ArrayList<>(arrived);
    sorted.sort(
        Comparator.comparing(Change::id)
            .thenComparing(Change::half, Comparator.nullsFirst(Comparator.naturalOrder())));
    List<Change> joined = new ArrayList<>();
    for (Change change : sorted) {
      if (change.half() == Half.ARRIVES && !joined.isEmpty()) {
        Change leaves = joined.remove(joined.size() - 1);
        joined.add(new Change(change.id(), null, leaves.before(), change.after()));
      } else {
        joined.add(change);
      }
    }
    return joined;
  }

  @Override
  public void close() {
    reader.close();
  }
}
