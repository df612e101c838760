package io.binlogbroker.client;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A process that writes a line for each change it has handled, until it is killed. */
final class KilledConsumer {
  record Goods(int id) {}

  private KilledConsumer() {}

  /** The arguments are Kafka's bootstrap servers, a topic, and the file to write to. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[2]);
    try (Writer out =
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        ChangeConsumer consumer =
            ChangeConsumer.builder()
                .brokers(arguments[0])
                .group("killed")
                .topics(arguments[1])
                // A static member gets its partitions back immediately after a restart.
                .property("group.instance.id", "one")
                .commitInterval(Duration.ofMillis(200))
                .on(
                    "mall_db.goods",
                    Goods.class,
                    change -> {
                      out.write(change.after().id() + "\n");
                      out.flush();
                    })
                .build()) {
      out.write("start\n");
      consumer.run();
    }
  }
}
