package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows.Action;
import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A random script of a server's log over the tables goods, orders, added and noise. */
public final class Script {
  private static final List<FakeTable> TABLES =
      Stream.of("goods", "orders", "added", "noise").map(t -> FakeTable.of("mall", t)).toList();

  private final Random random;
  private long nextId = 1;

  private Script(long seed) {
    random = new Random(seed);
  }

  public static List<ScriptedItem> of(long seed) {
    Script script = new Script(seed);
    List<ScriptedItem> items = new ArrayList<>();
    int size = 3 + script.random.nextInt(5);
    for (int i = 0; i < size; i++) {
      items.add(script.item());
    }
    return items;
  }

  private ScriptedItem item() {
    int dice = random.nextInt(10);
    if (dice == 0) {
      return ScriptedItem.idle();
    }
    List<ScriptedEvent> events = new ArrayList<>();
    int left = random.nextInt(random.nextInt(4) == 0 ? 51 : 12);
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int rows = i == count - 1 ? left : random.nextInt(left + 1);
      left -= rows;
      events.add(event(rows));
    }
    return new ScriptedItem(dice < 4 ? Kind.COMPRESSED : Kind.PLAIN, events);
  }

  private ScriptedEvent event(int size) {
    Action action = Action.values()[random.nextInt(3)];
    List<ScriptedEvent.Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(new ScriptedEvent.Row(nextId++, 1 + random.nextInt(2), 1 + random.nextInt(2)));
    }
    return new ScriptedEvent(TABLES.get(random.nextInt(TABLES.size())), action, rows);
  }

  /** The messages of {@link PlainFormat} for the rows of some tables, in order. */
  public static List<String> values(ScriptedServer server, Collection<String> tables) {
    List<String> values = new ArrayList<>();
    for (int item = 0; item < server.items().size(); item++) {
      values(server, item, tables, values);
    }
    return values;
  }

  private static void values(
      ScriptedServer server, int item, Collection<String> tables, List<String> values) {
    ScriptedItem scripted = server.items().get(item);
    boolean shared = scripted.kind() == Kind.COMPRESSED;
    int firstRow = 0;
    for (int i = 0; i < scripted.events().size(); i++) {
      ScriptedEvent event = scripted.events().get(i);
      long offset = server.place(item).offset() + 100 + (shared ? 0 : 10L * i);
      String at = " at " + server.place(item).file() + ":" + offset + " row ";
      if (tables.contains(event.table().plan().table())) {
        for (int row = 0; row < event.rows().size(); row++) {
          String place = at + (firstRow + row);
          changes(event.action(), event.rows().get(row))
              .forEach(change -> values.add(event.table() + " " + change + place));
        }
      }
      firstRow += shared ? event.rows().size() : 0;
    }
  }

  private static Stream<String> changes(Action action, ScriptedEvent.Row row) {
    String before = row.id() + "/" + row.userBefore();
    String after = row.id() + "/" + row.user();
    return switch (action) {
      case INSERT -> Stream.of("INSERT null>" + after);
      case DELETE -> Stream.of("DELETE " + before + ">null");
      case UPDATE ->
          before.equals(after)
              ? Stream.of("UPDATE " + before + ">" + after)
              : Stream.of("DELETE " + before + ">null", "INSERT null>" + after);
    };
  }
}
