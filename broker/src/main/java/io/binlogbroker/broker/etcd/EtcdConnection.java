package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.model.DeliveryException;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.WatchOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks etcd and waits for its answer, for a limited time; connects when first asked. Any thread.
 *
 * <p>After two failures in a row it begins anew with another client: gRPC waits longer and longer,
 * up to minutes, before it connects again to servers that were away.
 */
public final class EtcdConnection implements AutoCloseable {
  private static final int FAILURES_OF_A_CLIENT = 2;

  private final EtcdOptions options;
  private final EtcdFailures failures;
  private final RequestTimeout patience;
  private @Nullable Client client;
  private int failuresInARow;
  private boolean closed;

  public EtcdConnection(EtcdOptions options) {
    this.options = options;
    this.failures = new EtcdFailures(options);
    this.patience = RequestTimeout.of(options.requestTimeout());
  }

  /**
   * Returns null when there is no such key.
   *
   * @throws DeliveryException passing when etcd does not answer, fatal when it refuses us
   */
  @Nullable KeyValue get(String key) {
    return get(patience, key);
  }

  @Nullable KeyValue get(RequestTimeout patience, String key) {
    List<KeyValue> found = ask(patience, c -> c.getKVClient().get(EtcdClients.bytes(key))).getKvs();
    return found.isEmpty() ? null : found.get(0);
  }

  /** Does {@code thens} if all comparisons hold, and {@code elses} if not, at one instant. */
  TxnResponse transact(List<Cmp> comparisons, List<Op> thens, List<Op> elses) {
    return transact(patience, comparisons, thens, elses);
  }

  TxnResponse transact(
      RequestTimeout patience, List<Cmp> comparisons, List<Op> thens, List<Op> elses) {
    return ask(
        patience,
        c ->
            c.getKVClient()
                .txn()
                .If(comparisons.toArray(Cmp[]::new))
                .Then(thens.toArray(Op[]::new))
                .Else(elses.toArray(Op[]::new))
                .commit());
  }

  /** Waits for what is requested, as long as the patience lasts. */
  <T> T ask(RequestTimeout patience, Function<Client, CompletableFuture<T>> request) {
    Client used = client();
    try {
      T answer = patience.await(request.apply(used));
      worked();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(e);
    } catch (TimeoutException e) {
      failed(used);
      throw failures.noAnswer(patience.limit());
    } catch (ExecutionException e) {
      failed(used);
      throw failures.of(e.getCause() == null ? e : e.getCause());
    } catch (RejectedExecutionException e) {
      // Another thread has given this client up just now.
      throw failures.of(e);
    }
  }

  /** Asks without waiting; what comes of it is nobody's concern. */
  void tell(Function<Client, CompletableFuture<?>> request) {
    try {
      request.apply(client()).exceptionally(failure -> null);
    } catch (RejectedExecutionException e) {
      throw failures.of(e);
    }
  }

  Watch.Watcher watch(String key, WatchOption option, Watch.Listener listener) {
    try {
      return client().getWatchClient().watch(EtcdClients.bytes(key), option, listener);
    } catch (EtcdException | RejectedExecutionException e) {
      // Another thread has given this client up just now.
      throw failures.of(e);
    }
  }

  /** How long a request is waited for where nothing else is said. */
  Duration requestTimeout() {
    return options.requestTimeout();
  }

  private synchronized Client client() {
    if (closed) {
      throw failures.closed();
    }
    if (client == null) {
      client = EtcdClients.create(options);
    }
    return client;
  }

  private synchronized void worked() {
    failuresInARow = 0;
  }

  private synchronized void failed(Client used) {
    if (used != client) {
      return;
    }
    failuresInARow++;
    if (failuresInARow >= FAILURES_OF_A_CLIENT) {
      failuresInARow = 0;
      closeClient();
    }
  }

  private void closeClient() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeClient();
  }

  /** Names the servers, for people. */
  @Override
  public String toString() {
    return options.toString();
  }
}
