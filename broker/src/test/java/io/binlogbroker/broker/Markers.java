package io.binlogbroker.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * The markers that end transactions. Kafka answers a commit before it has written them, and until
 * then a {@code read_committed} consumer does not see what was committed.
 */
public final class Markers {
  private static final ListTransactionsOptions ENDING =
      new ListTransactionsOptions()
          .filterStates(Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Markers() {}

  /** Waits until all are written of transactions that have been ended. */
  public static void await(String bootstrapServers) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Collection<TransactionListing> ending = admin.listTransactions(ENDING).all().get();
      while (!ending.isEmpty()) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(
              "Expected the transactions to end within " + LIMIT + ": " + ending);
        }
        ending = admin.listTransactions(ENDING).all().get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
