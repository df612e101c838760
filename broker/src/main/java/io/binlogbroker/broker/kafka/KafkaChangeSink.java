package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.config.OnOversize;
import io.binlogbroker.broker.kafka.flow.CommittedPosition;
import io.binlogbroker.broker.kafka.flow.FirstFailure;
import io.binlogbroker.broker.kafka.flow.SendWindow;
import io.binlogbroker.broker.kafka.record.BatchSize;
import io.binlogbroker.broker.kafka.record.MessageRecords;
import io.binlogbroker.broker.kafka.record.Trim;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers messages to Kafka and stores the position with them. Belongs to one thread at a time,
 * except {@link #committed}. Created for one term: after a failure of the producer it refuses
 * everything but {@link #close}, because only the next sink's {@link #open} can find out whether an
 * unanswered commit succeeded.
 */
public final class KafkaChangeSink implements ChangeSink {
  private static final Logger log = LoggerFactory.getLogger(KafkaChangeSink.class);
  private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(10);
  // Long enough for an abort if Kafka answers; a process has five seconds to stop.
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  // Added to a client's timeout, and mostly without a result.
  private static final Duration EXPLAIN_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final SinkMetrics metrics;
  private final KafkaProperties properties;
  private final KafkaFailures failures;
  private final PositionsTopic positions;
  private final MessageRecords records;
  private final BatchSize batches;
  private final FirstFailure refused = new FirstFailure();
  private @Nullable KafkaAdmin admin;
  private Map<String, byte[]> stored = Map.of();
  // Read by the checkpoint thread for the committed position.
  private volatile @Nullable Session session;
  private @Nullable DeliveryException ended;

  /** The objects that exist from open to close. */
  private record Session(Commits commits, PartitionOrder order, KafkaTopics topics, long largest) {}

  public KafkaChangeSink(KafkaSettings settings, Clock clock) {
    this(settings, clock, SinkMetrics.none());
  }

  /**
   * @param metrics take what is measured
   */
  public KafkaChangeSink(KafkaSettings settings, Clock clock, SinkMetrics metrics) {
    this.metrics = metrics;
    this.settings = settings;
    this.properties = new KafkaProperties(settings);
    this.failures = new KafkaFailures(settings);
    this.positions = new PositionsTopic(settings, failures, clock);
    this.records = new MessageRecords(settings.group());
    this.batches = new BatchSize(properties.producer());
  }

  @Override
  public @Nullable Position open() {
    KafkaAdmin adminClient = KafkaAdmin.of(properties, failures, ADMIN_TIMEOUT);
    admin = adminClient;
    KafkaTopics topics = new KafkaTopics(adminClient, settings.topics());
    positions.prepare(adminClient);
    Session opened = start(topics);
    PositionsTopic.Committed last = positions.last(adminClient, properties);
    stored = last.states();
    opened.commits().resumeFrom(last.position());
    return last.position();
  }

  @Override
  public String positionsTopic() {
    return settings.positionsTopic();
  }

  @Override
  public @Nullable Position committedIn(String topic) {
    openSession();
    PositionsTopic other =
        new PositionsTopic(settings.withPositionsTopic(topic), failures, Clock.systemUTC());
    return other.last(Objects.requireNonNull(admin), properties).position();
  }

  @Override
  public void announce(Collection<String> topics) {
    openSession().topics().prepareNew(topics);
  }

  /** A message that is refused before it is passed to Kafka does not prevent a commit. */
  @Override
  public void send(Message message) {
    Session open = openSession();
    throwEarlierRefusal();
    KafkaTopic topic = open.topics().get(message.topic());
    long bytes = records.sizeBound(message);
    try {
      if (bytes <= open.largest() && !topic.mayRefuse(bytes)) {
        open.order().add(topic, message);
        return;
      }
      sendLarge(open, message, topic, bytes);
    } catch (KafkaException | IllegalStateException e) {
      DeliveryException translated = end("sending to topic " + message.topic(), e);
      throw refused.get() != null || open.order().isHolding()
          ? translated.withoutPlace()
          : translated;
    }
    throwRefusal();
  }

  /** Kafka reports it later, when another message is being sent, so the place would be wrong. */
  private void throwEarlierRefusal() {
    try {
      throwRefusal();
    } catch (DeliveryException e) {
      throw e.withoutPlace();
    }
  }

  private void sendLarge(Session open, Message message, KafkaTopic topic, long bytes) {
    DeliveryException refusal = refusal(open, message, topic, bytes);
    if (refusal == null) {
      sendAndWait(open, message, topic, bytes);
      return;
    }
    switch (settings.onOversize()) {
      case STOP -> throw refusal;
      case DEAD_LETTER -> sendInPieces(open, message);
      case TRIM -> sendTrimmed(open, message, topic, refusal);
    }
  }

  /** Fails if the key alone is too large, or many small columns are. */
  private void sendTrimmed(
      Session open, Message message, KafkaTopic topic, DeliveryException refusal) {
    Trim trim = new Trim(message);
    while (trim.hasNext()) {
      Message smaller = trim.next();
      long bytes = records.sizeBound(smaller);
      if (refusal(open, smaller, topic, bytes) == null) {
        log.warn(
            "The message of {} was too large for topic {} and is sent without {}",
            message.place(),
            topic.name(),
            trim.removed());
        sendAndWait(open, smaller, topic, bytes);
        metrics.trimmed().increment();
        return;
      }
    }
    throw refusal;
  }

  /**
   * The refusal if it is certain before sending; null if the message fits or only Kafka can
   * determine it.
   */
  private @Nullable DeliveryException refusal(
      Session open, Message message, KafkaTopic topic, long bytes) {
    if (bytes > open.largest()) {
      return failures.tooLarge(topic, bytes, open.largest());
    }
    long batch = batches.of(records.of(message));
    if (!topic.refuses(batch)) {
      return null;
    }
    KafkaTopic now = open.topics().refresh(topic.name());
    return now.refuses(batch) ? failures.tooLargeForTopic(now, bytes, batch) : null;
  }

  /** The marker contains the offset of the pieces, so they are sent and acknowledged first. */
  private void sendInPieces(Session open, Message message) {
    open.order().release();
    KafkaTopic deadLetters = open.topics().get(OnOversize.topicOf(message.topic()));
    OversizePieces pieces = new OversizePieces(message, deadLetters);
    Future<RecordMetadata> first = sendPiece(open, pieces.piece(0));
    for (int i = 1; i < pieces.count(); i++) {
      sendPiece(open, pieces.piece(i));
    }
    open.commits().producer().flush();
    throwRefusal();
    RecordMetadata place = written(first);
    Message marker = pieces.marker(place.partition(), place.offset());
    open.commits().send(records.of(marker));
    metrics.deadLettered().increment();
  }

  private Future<RecordMetadata> sendPiece(Session open, Message piece) {
    return open.commits().send(records.of(piece));
  }

  /** Completed, because the producer was flushed. */
  private static RecordMetadata written(Future<RecordMetadata> first) {
    try {
      return first.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("A piece of a large message was not written", e);
    }
  }

  /** Waits for the result, so that a refusal is reported with the row's place. */
  private void sendAndWait(Session open, Message message, KafkaTopic topic, long bytes) {
    open.order().release();
    Callback callback = open.commits().beforeMessage();
    Producer<byte[], byte[]> producer = open.commits().producer();
    producer.send(records.of(message), new LargeMessage(topic, bytes, refused, callback));
    producer.flush();
  }

  @Override
  public void store(String name, byte[] state) {
    Session open = openSession();
    throwRefusal();
    try {
      open.order().release();
      open.commits().store(positions.record(name, state));
    } catch (KafkaException | IllegalStateException e) {
      throw end("storing the state of " + name, e);
    }
  }

  @Override
  public Map<String, byte[]> stored() {
    return stored;
  }

  @Override
  public void commit(Position position) {
    Session open = openSession();
    throwRefusal();
    try {
      open.order().end();
      open.commits().commit(position);
    } catch (KafkaException | IllegalStateException e) {
      throw end("committing " + position, e);
    }
    throwRefusal();
  }

  @Override
  public void flush() {
    Session open = openSession();
    throwRefusal();
    try {
      open.order().release();
      open.commits().flush();
    } catch (KafkaException | IllegalStateException e) {
      throw end("waiting for acknowledgements", e);
    }
    throwRefusal();
  }

  @Override
  public @Nullable Position committed() {
    Session open = session;
    return open == null ? null : open.commits().committed();
  }

  /** Bytes of the producers' buffers that are in use; NaN before {@link #open}. Any thread. */
  public double bufferedBytes() {
    Session open = session;
    return open == null ? Double.NaN : open.commits().bufferedBytes();
  }

  /**
   * Aborts an open transaction if Kafka answers in time; otherwise its timeout or the next sink
   * aborts it.
   */
  @Override
  public void close() {
    ended = ended == null ? afterClose() : ended;
    // Closing waits for Kafka, which an interrupted thread cannot.
    boolean interrupted = Thread.interrupted();
    try {
      Session open = session;
      if (open != null) {
        open.commits().close(interrupted ? Duration.ZERO : CLOSE_TIMEOUT);
      }
    } catch (KafkaException e) {
      throw failures.of("closing the producer", e);
    } finally {
      closeAdmin();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean hidesUncommitted() {
    return settings.delivery() == Delivery.EXACTLY_ONCE;
  }

  private void closeAdmin() {
    if (admin != null) {
      admin.close();
    }
  }

  private Session start(KafkaTopics topics) {
    try {
      Commits commits = commits();
      SendWindow window = new SendWindow(properties.batchSize(), () -> commits.producer().flush());
      PartitionOrder order =
          new PartitionOrder(window, message -> commits.send(records.of(message)));
      Session opened = new Session(commits, order, topics, properties.largestMessage());
      session = opened;
      opened.commits().start();
      return opened;
    } catch (KafkaException e) {
      throw end("starting as " + settings.clientId(), e);
    }
  }

  private Commits commits() {
    CommittedPosition committed = new CommittedPosition(metrics.committed());
    return switch (settings.delivery()) {
      case EXACTLY_ONCE ->
          new TransactionCommits(
              transactionalProducers(),
              positions,
              refused,
              properties.transactionTimeout(),
              System::nanoTime,
              committed);
      case AT_LEAST_ONCE ->
          new AcknowledgedCommits(
              new KafkaProducer<>(properties.producer()), positions, refused, committed);
    };
  }

  private List<Producer<byte[], byte[]>> transactionalProducers() {
    List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    for (Map<String, Object> each : properties.transactionalProducers()) {
      producers.add(new KafkaProducer<>(each));
    }
    return producers;
  }

  private Session openSession() {
    if (ended != null) {
      throw ended;
    }
    Session open = session;
    if (open == null) {
      throw new IllegalStateException("The sink is not open");
    }
    return open;
  }

  private void throwRefusal() {
    FirstFailure.Failure first = refused.get();
    if (first != null) {
      ended = verdict(first.doing(), first.cause());
      throw ended;
    }
  }

  /**
   * Prefers the refusal of a message to the failure of the transaction or producer that follows it.
   */
  private DeliveryException end(String doing, RuntimeException failure) {
    FirstFailure.Failure first = refused.get();
    if (first == null && failure instanceof IllegalStateException) {
      throw failure;
    }
    ended = first == null ? verdict(doing, failure) : verdict(first.doing(), first.cause());
    return ended;
  }

  private DeliveryException verdict(String doing, Exception failure) {
    if (failure instanceof DeliveryException translated) {
      return translated;
    }
    if (KafkaFailures.isFence(failure)
        && session != null
        && session.commits().hasTransactionTimedOut()) {
      return failures.timedOut(doing, failure);
    }
    return explained(failures.of(doing, failure), failure);
  }

  /** A timeout may hide a server that refuses: checked once, with a short timeout. */
  private DeliveryException explained(DeliveryException translated, Exception failure) {
    if (!translated.isRetriable() || !(failure instanceof TimeoutException)) {
      return translated;
    }
    AdvertisedAddresses advertised = AdvertisedAddresses.of(properties);
    DeliveryException named = advertised.explained(translated, failure);
    return named == translated ? explainedByReplicas(translated, failure) : named;
  }

  private DeliveryException explainedByReplicas(DeliveryException translated, Exception failure) {
    try (KafkaAdmin adminClient =
        KafkaAdmin.of(properties, failures, EXPLAIN_TIMEOUT, AdvertisedAddresses.disabled())) {
      String shortage = new InSyncReplicas(adminClient).shortage(affectedTopics());
      return shortage == null
          ? translated
          : DeliveryException.retriable(
              translated.kind(), translated.getMessage() + ". " + shortage, failure);
    } catch (DeliveryException e) {
      log.debug("The reason for Kafka's timeout cannot be determined", e);
      return translated;
    }
  }

  private Set<String> affectedTopics() {
    Set<String> topics = new LinkedHashSet<>();
    FirstFailure.Failure first = refused.get();
    if (first != null && first.topic() != null) {
      topics.add(first.topic());
    }
    topics.add(settings.positionsTopic());
    if (settings.delivery() == Delivery.EXACTLY_ONCE) {
      topics.add(InSyncReplicas.TRANSACTIONS);
    }
    return topics;
  }

  private static DeliveryException afterClose() {
    return DeliveryException.retriable(FailureKind.INTERNAL, "The Kafka sink is closed", null);
  }
}
