package io.binlogbroker.bench.scale;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs numbered statements over several connections, one thread each, with many statements per
 * round trip. The order is preserved within a connection.
 *
 * @param atOnce statements per round trip
 */
record ParallelSql(MysqlServer mysql, int atOnce) {
  private static final int CONNECTIONS = 3;

  void run(int count, IntFunction<String> statement) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int first = 0; first < CONNECTIONS; first++) {
        ends.add(threads.submit(every(first, count, statement)));
      }
      for (Future<Integer> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Runs every n-th batch of statements. */
  private Callable<Integer> every(int first, int count, IntFunction<String> statement) {
    return () -> {
      try (Connection connection = mysql.connect();
          Statement session = connection.createStatement()) {
        for (int from = first * atOnce; from < count; from += CONNECTIONS * atOnce) {
          session.execute(
              IntStream.range(from, Math.min(from + atOnce, count))
                  .mapToObj(statement)
                  .collect(Collectors.joining(";")));
        }
        return first;
      }
    };
  }
}
