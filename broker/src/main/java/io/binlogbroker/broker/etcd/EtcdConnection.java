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
 * Sends requests to etcd and waits for each answer up to a timeout; connects on first use. Any
 * thread.
 *
 * <p>After two consecutive failures it creates a new client, because gRPC's reconnect backoff grows
 * to minutes. Requests that were under way at the same time fail together and count once.
 */
public final class EtcdConnection implements AutoCloseable {
  private static final int FAILURES_PER_CLIENT = 2;

  private final EtcdOptions options;
  private final EtcdFailures failures;
  private final RequestTimeout requestTimeout;
  private @Nullable Client client;
  private int consecutiveFailures;
  private long failedAt;
  private boolean closed;

  public EtcdConnection(EtcdOptions options) {
    this.options = options;
    this.failures = new EtcdFailures(options);
    this.requestTimeout = RequestTimeout.of(options.requestTimeout());
  }

  /**
   * Returns null if the key does not exist.
   *
   * @throws DeliveryException retriable if etcd does not answer, fatal if it refuses the request
   */
  @Nullable KeyValue get(String key) {
    return get(requestTimeout, key);
  }

  @Nullable KeyValue get(RequestTimeout requestTimeout, String key) {
    List<KeyValue> found =
        request(requestTimeout, c -> c.getKVClient().get(EtcdClients.bytes(key))).getKvs();
    return found.isEmpty() ? null : found.get(0);
  }

  /** Atomically applies {@code thens} if all comparisons are true, else {@code elses}. */
  TxnResponse transact(List<Cmp> comparisons, List<Op> thens, List<Op> elses) {
    return transact(requestTimeout, comparisons, thens, elses);
  }

  TxnResponse transact(
      RequestTimeout requestTimeout, List<Cmp> comparisons, List<Op> thens, List<Op> elses) {
    return request(
        requestTimeout,
        c ->
            c.getKVClient()
                .txn()
                .If(comparisons.toArray(Cmp[]::new))
                .Then(thens.toArray(Op[]::new))
                .Else(elses.toArray(Op[]::new))
                .commit());
  }

  /** Sends a request and waits for the answer. */
  <T> T request(RequestTimeout requestTimeout, Function<Client, CompletableFuture<T>> request) {
    Client used = client();
    long sentAt = System.nanoTime();
    try {
      T answer = requestTimeout.await(request.apply(used));
      worked();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(e);
    } catch (TimeoutException e) {
      failed(used, sentAt);
      throw failures.noAnswer(requestTimeout.limit());
    } catch (ExecutionException e) {
      failed(used, sentAt);
      throw failures.of(e.getCause() == null ? e : e.getCause());
    } catch (RejectedExecutionException e) {
      // Another thread has just replaced this client.
      throw failures.of(e);
    }
  }

  /** Sends a request without waiting for the answer or a failure. */
  void requestAsync(Function<Client, CompletableFuture<?>> request) {
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
      // Another thread has just replaced this client.
      throw failures.of(e);
    }
  }

  /** The default timeout of a request. */
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
    consecutiveFailures = 0;
  }

  private synchronized void failed(Client used, long sentAt) {
    if (used != client || (consecutiveFailures > 0 && sentAt - failedAt < 0)) {
      return;
    }
    failedAt = System.nanoTime();
    consecutiveFailures++;
    if (consecutiveFailures >= FAILURES_PER_CLIENT) {
      consecutiveFailures = 0;
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

  /** Names the servers in messages. */
  @Override
  public String toString() {
    return options.toString();
  }
}
