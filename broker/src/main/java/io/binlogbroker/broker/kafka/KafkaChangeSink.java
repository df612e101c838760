package io.binlogbroker.broker.kafka;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.config.OnOversize;
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
 * Delivers messages to Kafka and keeps the position beside them. Belongs to one thread at a time,
 * but for {@link #committed}. Made for one term: after a failure of the producer it refuses
 * everything but {@link #close}, since what became of an unanswered commit only the next sink's
 * {@link #open} finds out.
 */
public final class KafkaChangeSink implements ChangeSink {
  private static final Logger log = LoggerFactory.getLogger(KafkaChangeSink.class);
  private static final Duration ADMIN_PATIENCE = Duration.ofSeconds(10);
  // Other groups' transactions in the positions topic end by themselves within their timeout.
  private static final Duration READ_PATIENCE = Duration.ofMinutes(2);
  // Long enough to abort at a Kafka that answers; a process told to stop has five seconds.
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
  // On top of a client's timeout, and mostly in vain.
  private static final Duration EXPLAIN_PATIENCE = Duration.ofSeconds(1);

  private final KafkaSettings settings;
  private final KafkaProperties properties;
  private final KafkaFailures failures;
  private final PositionsTopic positions;
  private final MessageRecords records;
  private final BatchSize batches;
  private final FirstFailure refused = new FirstFailure();
  private @Nullable KafkaAdmin admin;
  // Read by the checkpoint thread, which asks what is committed.
  private volatile @Nullable Session session;
  private @Nullable DeliveryException ended;

  /** What is there from open to close. */
  private record Session(Commits commits, PartitionOrder order, KafkaTopics topics, long largest) {}

  public KafkaChangeSink(KafkaSettings settings, Clock clock) {
    this.settings = settings;
    this.properties = new KafkaProperties(settings);
    this.failures = new KafkaFailures(settings);
    this.positions = new PositionsTopic(settings, failures, clock);
    this.records = new MessageRecords(settings.group());
    this.batches = new BatchSize(properties.producer());
  }

  @Override
  public @Nullable Position open() {
    KafkaAdmin asked = KafkaAdmin.of(properties, failures, ADMIN_PATIENCE);
    admin = asked;
    KafkaTopics topics = new KafkaTopics(asked, settings.topics());
    positions.prepare(asked);
    Session opened = start(topics);
    Position last = positions.last(asked, properties, READ_PATIENCE);
    opened.commits().goOnFrom(last);
    return last;
  }

  @Override
  public String positionsTopic() {
    return settings.positionsTopic();
  }

  @Override
  public @Nullable Position committedIn(String topic) {
    usable();
    PositionsTopic other =
        new PositionsTopic(settings.withPositionsTopic(topic), failures, Clock.systemUTC());
    return other.last(Objects.requireNonNull(admin), properties, READ_PATIENCE);
  }

  @Override
  public void announce(Collection<String> topics) {
    usable().topics().lookAhead(topics);
  }

  /** What is refused before it is handed to Kafka is not in the way of a commit. */
  @Override
  public void send(Message message) {
    Session open = usable();
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
      DeliveryException told = end("sending to topic " + message.topic(), e);
      throw refused.get() != null || open.order().isHolding() ? told.withoutPlace() : told;
    }
    throwRefusal();
  }

  /** Kafka tells of it in its own time: by then another message is at hand. */
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

  /** Its key alone may be too large, or many columns that are small. */
  private void sendTrimmed(
      Session open, Message message, KafkaTopic topic, DeliveryException refusal) {
    Trim trim = new Trim(message);
    while (trim.hasNext()) {
      Message smaller = trim.next();
      long bytes = records.sizeBound(smaller);
      if (refusal(open, smaller, topic, bytes) == null) {
        log.warn(
            "The message of {} was too large for topic {} and goes without {}",
            message.place(),
            topic.name(),
            trim.leftOut());
        sendAndWait(open, smaller, topic, bytes);
        return;
      }
    }
    throw refusal;
  }

  /** Known before anything is sent; null where it fits, or where Kafka alone can tell. */
  private @Nullable DeliveryException refusal(
      Session open, Message message, KafkaTopic topic, long bytes) {
    if (bytes > open.largest()) {
      return failures.tooLarge(topic, bytes, open.largest());
    }
    long batch = batches.of(records.of(message));
    if (!topic.refuses(batch)) {
      return null;
    }
    KafkaTopic now = open.topics().again(topic.name());
    return now.refuses(batch) ? failures.tooLargeForTopic(now, bytes, batch) : null;
  }

  /** The marker says where the pieces lie, so they go first and are waited for. */
  private void sendInPieces(Session open, Message message) {
    open.order().release();
    KafkaTopic letters = open.topics().get(OnOversize.topicOf(message.topic()));
    OversizePieces pieces = new OversizePieces(message, letters);
    Future<RecordMetadata> first = sendPiece(open, pieces.piece(0));
    for (int i = 1; i < pieces.count(); i++) {
      sendPiece(open, pieces.piece(i));
    }
    open.commits().producer().flush();
    throwRefusal();
    RecordMetadata place = written(first);
    Message marker = pieces.marker(place.partition(), place.offset());
    open.commits().send(records.of(marker));
  }

  private Future<RecordMetadata> sendPiece(Session open, Message piece) {
    return open.commits().send(records.of(piece));
  }

  /** It is, since the producer was flushed. */
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

  /** A refusal must come while the row is known that it is about: so it is waited for. */
  private void sendAndWait(Session open, Message message, KafkaTopic topic, long bytes) {
    open.order().release();
    Callback told = open.commits().beforeMessage();
    Producer<byte[], byte[]> producer = open.commits().producer();
    producer.send(records.of(message), new LargeMessage(topic, bytes, refused, told));
    producer.flush();
  }

  @Override
  public void commit(Position position) {
    Session open = usable();
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
    Session open = usable();
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

  /**
   * Lets Kafka abort what is open, if it answers in time; else its timeout or the next sink will.
   */
  @Override
  public void close() {
    ended = ended == null ? afterClose() : ended;
    // Closing waits, which an interrupted thread cannot.
    boolean interrupted = Thread.interrupted();
    try {
      Session open = session;
      if (open != null) {
        open.commits().close(interrupted ? Duration.ZERO : CLOSE_PATIENCE);
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
    return switch (settings.delivery()) {
      case EXACTLY_ONCE ->
          new TransactionCommits(
              transactionalProducers(),
              positions,
              refused,
              properties.transactionTimeout(),
              System::nanoTime);
      case AT_LEAST_ONCE ->
          new AcknowledgedCommits(new KafkaProducer<>(properties.producer()), positions, refused);
    };
  }

  private List<Producer<byte[], byte[]>> transactionalProducers() {
    List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    for (Map<String, Object> each : properties.transactionalProducers()) {
      producers.add(new KafkaProducer<>(each));
    }
    return producers;
  }

  private Session usable() {
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
   * Prefers what a message was refused for to what then became of the transaction or the producer.
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
    if (failure instanceof DeliveryException told) {
      return told;
    }
    if (KafkaFailures.isFence(failure)
        && session != null
        && session.commits().hasOutlivedTransaction()) {
      return failures.timedOut(doing, failure);
    }
    return explained(failures.of(doing, failure), failure);
  }

  /**
   * A timeout may come from a Kafka that answers, but refuses: asked once, and for a moment only.
   */
  private DeliveryException explained(DeliveryException told, Exception failure) {
    if (!told.isRetriable() || !(failure instanceof TimeoutException)) {
      return told;
    }
    AdvertisedAddresses advertised = AdvertisedAddresses.of(properties);
    DeliveryException named = advertised.explained(told, failure);
    return named == told ? explainedByReplicas(told, failure) : named;
  }

  private DeliveryException explainedByReplicas(DeliveryException told, Exception failure) {
    try (KafkaAdmin asked =
        KafkaAdmin.of(properties, failures, EXPLAIN_PATIENCE, AdvertisedAddresses.notAsked())) {
      String shortage = new InSyncReplicas(asked).shortage(concerned());
      return shortage == null
          ? told
          : DeliveryException.retriable(told.kind(), told.getMessage() + ". " + shortage, failure);
    } catch (DeliveryException e) {
      log.debug("Kafka does not say why it did not answer", e);
      return told;
    }
  }

  private Set<String> concerned() {
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
