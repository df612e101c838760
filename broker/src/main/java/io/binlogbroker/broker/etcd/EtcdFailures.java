package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates jetcd's exceptions into failures with their fix. Stateless. */
final class EtcdFailures {
  // etcd returns these with several status codes.
  private static final Set<String> REFUSALS =
      Set.of(
          "authentication failed",
          "invalid user id or password",
          "user name is empty",
          "user name not found",
          "permission denied",
          "authentication is not enabled");

  // jetcd logs in again by itself.
  private static final Set<String> OUTDATED =
      Set.of("invalid auth token", "revision of auth store is old");

  private final EtcdOptions options;

  EtcdFailures(EtcdOptions options) {
    this.options = options;
  }

  DeliveryException of(Throwable failure) {
    String text = text(failure);
    String lower = text.toLowerCase(Locale.ROOT);
    if (REFUSALS.stream().anyMatch(lower::contains) && !isOutdated(lower)) {
      return DeliveryException.fatal(
          FailureKind.STORE_ACCESS,
          options
              + " refused "
              + (options.user() == null ? "us without a user" : "the user " + options.user())
              + " ("
              + text
              + "): fix \"EtcdUser\" and \"EtcdPassword\", or grant the user a role that reads and"
              + " writes the keys of binlogbroker",
          failure);
    }
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        options
            + " cannot be reached ("
            + text
            + "): start etcd, or fix its addresses or \"EtcdTls\"",
        failure);
  }

  DeliveryException noAnswer(Duration limit) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        options + " did not answer within " + limit.toMillis() + " ms: check etcd and the network",
        null);
  }

  DeliveryException interrupted(InterruptedException cause) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE, "Interrupted while waiting for " + options, cause);
  }

  /** For a request after {@link EtcdConnection#close}. */
  DeliveryException closed() {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE, "The connection to " + options + " is closed", null);
  }

  /** Whether etcd reports that a lease has expired. */
  static boolean isLeaseGone(DeliveryException failure) {
    Throwable cause = failure.getCause();
    return cause != null && text(cause).contains("requested lease not found");
  }

  private static boolean isOutdated(String lower) {
    return OUTDATED.stream().anyMatch(lower::contains);
  }

  /** The messages of etcd or the network, without exception class names. */
  private static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String part = part(cause);
      if (part != null && text.indexOf(part) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(part);
      }
    }
    return text.isEmpty() ? failure.toString() : text.toString();
  }

  private static @Nullable String part(Throwable cause) {
    if (cause instanceof StatusRuntimeException status) {
      return description(status.getStatus());
    }
    if (cause instanceof StatusException status) {
      return description(status.getStatus());
    }
    return cause.getMessage();
  }

  private static String description(Status status) {
    String description = status.getDescription();
    // Further lines contain netty internals.
    return description == null ? status.getCode().toString() : description.split("\n", 2)[0];
  }
}
