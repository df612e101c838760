package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Translates failures of Kafka's client: whether to retry, and the fix if not. A failure that is
 * not known to be fatal is retriable. Immutable.
 */
final class KafkaFailures {
  private static final Set<Class<? extends Exception>> UNDELIVERABLE =
      Set.of(
          RecordTooLargeException.class,
          RecordBatchTooLargeException.class,
          SerializationException.class,
          InvalidRecordException.class,
          InvalidTopicException.class,
          UnsupportedForMessageFormatException.class);

  private static final Set<Class<? extends Exception>> REFUSED =
      Set.of(
          PolicyViolationException.class,
          InvalidPartitionsException.class,
          InvalidConfigurationException.class,
          InvalidTxnTimeoutException.class,
          UnsupportedVersionException.class);

  private final String kafka;
  private final List<String> transactionalIds;

  KafkaFailures(KafkaSettings settings) {
    this.kafka = "Kafka at " + String.join(",", settings.addresses());
    this.transactionalIds = settings.transactionalIds();
  }

  /**
   * @param doing the failed operation, such as "committing a transaction"
   */
  DeliveryException of(String doing, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      DeliveryException verdict = verdict(doing, cause, failure);
      if (verdict != null) {
        return verdict;
      }
    }
    return retriable(doing, "failed", failure);
  }

  /** Whether Kafka fenced this producer because of a newer one. */
  static boolean isFence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  /** Kafka reports a transaction that exceeded its timeout with the same exception as a fence. */
  DeliveryException timedOut(String doing, Throwable failure) {
    return retriable(
        doing, "aborted the transaction, which exceeded transaction.timeout.ms", failure);
  }

  DeliveryException tooLarge(KafkaTopic topic, long bytes, long largest) {
    return DeliveryException.fatal(
        FailureKind.UNDELIVERABLE,
        "A message of "
            + bytes
            + " bytes for topic \""
            + topic.name()
            + "\" is larger than the "
            + largest
            + " bytes the producer may send: raise \"max.request.size\" and \"buffer.memory\" under"
            + " \"Kafka\", and max.message.bytes of the topic ("
            + topic.limit()
            + ")");
  }

  /**
   * @param batchBytes compressed, as Kafka counts them
   */
  DeliveryException tooLargeForTopic(KafkaTopic topic, long bytes, long batchBytes) {
    return DeliveryException.fatal(
        FailureKind.UNDELIVERABLE,
        "A message of "
            + bytes
            + " bytes, "
            + batchBytes
            + " compressed, is too large for topic "
            + topic.name()
            + " (its max.message.bytes is "
            + topic.limit()
            + "): raise max.message.bytes of the topic, or set \"OnOversize\" to \"dead-letter\","
            + " which sends such messages in pieces, or to \"trim\", which omits the largest"
            + " columns");
  }

  DeliveryException interrupted(String doing, Exception cause) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE, "Interrupted while " + doing + " at " + kafka, cause);
  }

  private @Nullable DeliveryException verdict(String doing, Throwable cause, Throwable failure) {
    if (cause instanceof InterruptException interrupt) {
      return interrupted(doing, interrupt);
    }
    if (isFence(cause)) {
      return fenced(failure);
    }
    if (UNDELIVERABLE.contains(cause.getClass())) {
      return fatal(FailureKind.UNDELIVERABLE, doing, cause, fixMessage(cause), failure);
    }
    if (cause instanceof AuthenticationException) {
      String fix = "fix security.protocol, sasl.* or ssl.* under \"Kafka\"";
      return fatal(FailureKind.SINK_ACCESS, doing, cause, fix, failure);
    }
    if (cause instanceof AuthorizationException denied) {
      return fatal(FailureKind.SINK_ACCESS, doing, cause, fixPermissions(denied), failure);
    }
    return settingsVerdict(doing, cause, failure);
  }

  private @Nullable DeliveryException settingsVerdict(
      String doing, Throwable cause, Throwable failure) {
    if (cause instanceof InvalidReplicationFactorException) {
      // Retriable, because a Kafka broker that is briefly down counts as missing.
      return retriable(doing, "refused the replication: " + cause.getMessage(), failure);
    }
    if (REFUSED.contains(cause.getClass())) {
      return fatal(FailureKind.SINK_ACCESS, doing, cause, "fix the reported setting", failure);
    }
    if (cause instanceof ConfigException) {
      return configVerdict(doing, cause, failure);
    }
    return null;
  }

  /**
   * An unresolvable host name is reported as a configuration error, but may be a temporary DNS
   * failure.
   */
  private DeliveryException configVerdict(String doing, Throwable cause, Throwable failure) {
    if (String.valueOf(cause.getMessage()).contains("No resolvable bootstrap")) {
      return retriable(doing, "has no address that can be resolved", failure);
    }
    return fatal(FailureKind.SINK_ACCESS, doing, cause, "fix it under \"Kafka\"", failure);
  }

  private DeliveryException fenced(Throwable failure) {
    return DeliveryException.fatal(
        FailureKind.FENCED,
        "Another process of the group has taken over: "
            + kafka
            + " has a newer producer for "
            + transactionalIds.get(0),
        failure);
  }

  private DeliveryException fatal(
      FailureKind kind, String doing, Throwable cause, String fix, Throwable failure) {
    String message = kafka + " refused " + doing + " (" + described(cause) + "): " + fix;
    return DeliveryException.fatal(kind, message, failure);
  }

  private DeliveryException retriable(String doing, String what, Throwable failure) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        kafka + " " + what + " while " + doing + ": " + described(failure),
        failure);
  }

  private String fixPermissions(AuthorizationException denied) {
    if (denied instanceof TopicAuthorizationException topics) {
      List<String> names = List.copyOf(topics.unauthorizedTopics());
      return "grant this user WRITE, DESCRIBE and CREATE on " + (names.isEmpty() ? "it" : names);
    }
    if (denied instanceof TransactionalIdAuthorizationException) {
      return "grant this user WRITE and DESCRIBE on the transactional ids "
          + String.join(" and ", transactionalIds);
    }
    return "grant this user the permissions listed in docs/kafka.md";
  }

  private static String fixMessage(Throwable cause) {
    if (cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException) {
      return "raise max.message.bytes of the topic, or message.max.bytes of the Kafka brokers";
    }
    return "see the error; the change is not delivered and the position stays before it";
  }

  private static String described(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    return failure.getMessage() == null ? name : name + ": " + failure.getMessage();
  }
}
