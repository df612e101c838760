package io.binlogbroker.examples;

import io.binlogbroker.client.ChangeConsumer;
import io.binlogbroker.client.ChangeConsumerBuilder;
import java.time.Clock;
import java.util.List;

/** The command line of the examples: {@code run EXAMPLE BROKERS TOPIC [JDBC-URL]}. */
final class Examples {
  private static final String USAGE =
      """
      Usage: client/examples/run EXAMPLE BROKERS TOPIC [JDBC-URL]
        sync           replicates mall_db.goods to the table goods of another database
        cache          keeps the goods in memory
        statistics     counts new goods and sums their prices by minute
        notifications  reports falling prices
      For example: client/examples/run cache localhost:9092 mall_db""";

  private Examples() {}

  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    boolean needsUrl = !given.isEmpty() && given.get(0).equals("sync");
    if (given.size() != (needsUrl ? 4 : 3)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    ChangeConsumerBuilder builder =
        ChangeConsumer.builder()
            .brokers(given.get(1))
            .group("example-" + given.get(0))
            .topics(given.get(2));
    ChangeConsumer consumer = example(given, builder).build();
    Runtime.getRuntime().addShutdownHook(new Thread(consumer::close));
    consumer.run();
  }

  private static ChangeConsumerBuilder example(List<String> given, ChangeConsumerBuilder builder) {
    return switch (given.get(0)) {
      case "sync" -> new DatabaseSync(given.get(3)).register(builder);
      case "cache" -> new GoodsCache().register(builder);
      case "statistics" ->
          new PriceStatistics(Clock.systemUTC(), System.out::println).register(builder);
      case "notifications" -> new PriceAlerts(System.out::println).register(builder);
      default -> throw new IllegalArgumentException(USAGE);
    };
  }
}
