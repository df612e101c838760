package io.binlogbroker.engine.source.mysql.server;

import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the servers of a source in turn until one can be used, starting with the last one used.
 * Relay thread.
 */
public final class ServerRounds {
  private static final Logger log = LoggerFactory.getLogger(ServerRounds.class);

  /** A server that fails within this time after it was opened is not tried first again. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final List<SessionOptions> servers;
  private final LongSupplier nanoTime;
  private int first;
  private boolean used;
  private long usedSince;

  public ServerRounds(List<SessionOptions> servers, LongSupplier nanoTime) {
    this.servers = List.copyOf(servers);
    this.nanoTime = nanoTime;
  }

  /**
   * @param attempt opens a server, and throws when it cannot be used
   * @throws DeliveryException the first retriable failure of the round; if there is none, the first
   *     failure
   */
  public <T> T first(Function<SessionOptions, T> attempt) {
    if (used && nanoTime.getAsLong() - usedSince < STEADY.toNanos()) {
      first = (first + 1) % servers.size();
    }
    used = false;
    return firstOf(round(), server -> use(server, attempt));
  }

  private <T> T use(SessionOptions server, Function<SessionOptions, T> attempt) {
    try {
      T result = attempt.apply(server);
      first = servers.indexOf(server);
      used = true;
      usedSince = nanoTime.getAsLong();
      return result;
    } catch (DeliveryException e) {
      if (servers.size() > 1 && canAnotherServerHelp(e)) {
        log.warn("Not reading from {}: {}", server.address(), e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Tries servers in order until one can be used.
   *
   * @throws DeliveryException as {@link #first}
   */
  static <T> T firstOf(List<SessionOptions> servers, Function<SessionOptions, T> attempt) {
    DeliveryException failure = null;
    for (SessionOptions server : servers) {
      try {
        return attempt.apply(server);
      } catch (DeliveryException e) {
        if (!canAnotherServerHelp(e)) {
          throw e;
        }
        failure = preferRetriable(failure, e);
      }
    }
    throw Objects.requireNonNull(failure, "No server is configured");
  }

  private List<SessionOptions> round() {
    List<SessionOptions> round = new ArrayList<>(servers);
    Collections.rotate(round, -first);
    return round;
  }

  /** Another server does not help when two readers have the same identity. */
  private static boolean canAnotherServerHelp(DeliveryException failure) {
    return failure.kind() != FailureKind.FENCED && failure.kind() != FailureKind.CONFIGURATION;
  }

  private static DeliveryException preferRetriable(
      @Nullable DeliveryException before, DeliveryException failure) {
    return before == null || (failure.isRetriable() && !before.isRetriable()) ? failure : before;
  }
}
