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

/** Tells from jetcd's exceptions what went wrong, and what to do about it. Stateless. */
final class EtcdFailures {
  // etcd gives these under several codes.
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
            + " could not be asked ("
            + text
            + "): start etcd, or fix its addresses or \"EtcdTls\"",
        failure);
  }

  DeliveryException noAnswer(Duration limit) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        options
            + " did not answer within "
            + limit.toMillis()
            + " ms: look after etcd and the network between",
        null);
  }

  DeliveryException interrupted(InterruptedException cause) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE, "Interrupted while waiting for " + options, cause);
  }

  /** A thread asks that has not heard of the end yet. */
  DeliveryException closed() {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE, "The connection to " + options + " is closed", null);
  }

  /** Whether etcd says that a lease has ended. */
  static boolean isLeaseGone(DeliveryException failure) {
    Throwable cause = failure.getCause();
    return cause != null && text(cause).contains("requested lease not found");
  }

  private static boolean isOutdated(String lower) {
    return OUTDATED.stream().anyMatch(lower::contains);
  }

  /** What etcd said, or what the network did, without the classes around it. */
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
    // Further lines tell of netty's insides.
    return description == null ? status.getCode().toString() : description.split("\n", 2)[0];
  }
}
