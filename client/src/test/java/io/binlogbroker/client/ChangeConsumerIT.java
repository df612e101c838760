package io.binlogbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.testkit.KafkaServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Consumers of a real Kafka: killed, in a group, and with malformed messages. */
@Timeout(300)
class ChangeConsumerIT {
  private static final long LIMIT = Duration.ofSeconds(60).toNanos();
  private static final int CHANGES = 12_000;
  private static final int RESENT = 100;

  private static KafkaServer kafka;

  @TempDir Path folder;

  /** A row of the table. */
  record Goods(int id, int usrId) {}

  @BeforeAll
  static void start() {
    kafka = new KafkaServer().start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void everyChangeIsHandledAlthoughTheConsumerIsKilledAndTheBrokerSendsDuplicates()
      throws Exception {
    createTopic("killed", 1);
    Path file = folder.resolve("handled");
    CompletableFuture<Void> load = CompletableFuture.runAsync(() -> sendWithDuplicates("killed"));
    Random random = new Random(7);
    int lines = 0;
    for (int run = 0; run < 4; run++) {
      Process process = startConsumer(file);
      try {
        int wanted = run == 3 ? CHANGES : lines + 500 + random.nextInt(1500);
        await(() -> handled(file).contains(CHANGES - 1) || lines(file).size() >= wanted);
        if (run == 3) {
          await(() -> handled(file).contains(CHANGES - 1));
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      lines = lines(file).size();
    }
    load.join();

    assertThat(handled(file)).hasSize(CHANGES);
    assertThat(duplicatesWithinARun(file)).isEmpty();
  }

  /** Duplicates of changes before the first one that a run received cannot be recognized. */
  private static List<Integer> duplicatesWithinARun(Path file) {
    List<Integer> duplicates = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int first = -1;
    for (String line : lines(file)) {
      if (line.equals("start")) {
        seen.clear();
        first = -1;
        continue;
      }
      int id = Integer.parseInt(line);
      first = first < 0 ? id : first;
      if (!seen.add(id) && id > first + RESENT) {
        duplicates.add(id);
      }
    }
    return duplicates;
  }

  private static Process startConsumer(Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledConsumer.class.getName(),
            kafka.bootstrapServers(),
            "killed",
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(file.resolveSibling("log").toFile())
        .start();
  }

  /** As a broker with at-least-once delivery that fails now and then. */
  private static void sendWithDuplicates(String topic) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int id = 0; id < CHANGES; id++) {
        producer.send(insert(topic, id, 1));
        if (id % 1000 == 999) {
          for (int again = id - RESENT + 1; again <= id; again++) {
            producer.send(insert(topic, again, 1));
          }
          producer.flush();
        }
      }
    }
  }

  @Test
  void aPartitionMovesToAnotherConsumerWithoutLossOrDuplicate() throws Exception {
    createTopic("shared", 4);
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    ChangeConsumer first = consumer("shared", handled);
    ChangeConsumer second = consumer("shared", handled);
    CompletableFuture<Void> firstRun = CompletableFuture.runAsync(first::run);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      IntStream.range(0, 2000).forEach(id -> producer.send(insert("shared", id, id % 20)));
      await(() -> handled.size() > 200);
      CompletableFuture<Void> secondRun = CompletableFuture.runAsync(second::run);
      await(() -> handled.size() >= 2000);
      IntStream.range(2000, 4000).forEach(id -> producer.send(insert("shared", id, id % 20)));
      await(() -> handled.size() > 2500);
      first.close();
      await(() -> handled.size() >= 4000);
      second.close();
      firstRun.join();
      secondRun.join();
    }

    assertThat(handled).doesNotHaveDuplicates().hasSize(4000);
    Map<Integer, Integer> newestOfKey = new TreeMap<>();
    for (String id : handled) {
      int number = Integer.parseInt(id);
      Integer before = newestOfKey.put(number % 20, number);
      assertThat(before == null || before < number).as("change %s after %s", id, before).isTrue();
    }
  }

  private static ChangeConsumer consumer(String topic, List<String> handled) {
    return ChangeConsumer.builder()
        .brokers(kafka.bootstrapServers())
        .group("of " + topic)
        .topics(topic)
        .property("session.timeout.ms", 6000)
        .property("heartbeat.interval.ms", 500)
        .on(
            "mall_db.goods",
            Goods.class,
            change -> handled.add(Integer.toString(change.after().id())))
        .build();
  }

  @Test
  void malformedAndFailingMessagesGoToTheDeadLetterTopicAndTheOthersAreHandled() throws Exception {
    createTopic("poisoned", 1);
    List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(insert("poisoned", 1, 1));
      producer.send(new ProducerRecord<>("poisoned", utf8("1"), utf8("hello")));
      producer.send(insert("poisoned", 13, 1));
      producer.send(insert("poisoned", 2, 1));
    }
    ChangeConsumer consumer =
        ChangeConsumer.builder()
            .brokers(kafka.bootstrapServers())
            .group("poisoned")
            .topics("poisoned")
            .onMalformed(FailurePolicy.deadLetter("poisoned.dead"))
            .onFailure(
                FailurePolicy.retry(2, Duration.ofMillis(10)).thenDeadLetter("poisoned.dead"))
            .on(
                "*",
                Goods.class,
                change -> {
                  if (change.after().id() == 13) {
                    throw new IllegalStateException("no 13");
                  }
                  handled.add(change.after().id());
                })
            .build();
    CompletableFuture<Void> run = CompletableFuture.runAsync(consumer::run);
    await(() -> handled.size() == 2);
    consumer.close();
    run.join();

    assertThat(handled).containsExactly(1, 2);
    assertThat(deadLetters())
        .containsExactly("1 MalformedChangeException", "2 IllegalStateException");
  }

  @Test
  void messagesDeletedByRetentionAreReportedAndCanBeSkipped() throws Exception {
    createTopic("deleted", 1);
    send("deleted", 0, 3);
    List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
    runUntil(handled, 3, collecting("deleted", handled, LostMessagesPolicy.STOP));
    send("deleted", 3, 10);
    deleteBefore("deleted", 7);

    ChangeConsumer stopping = collecting("deleted", handled, LostMessagesPolicy.STOP);
    LostMessagesException lost = catchThrowableOfType(LostMessagesException.class, stopping::run);

    assertThat(lost.expectedOffset()).isEqualTo(3);
    assertThat(lost.missingAtMost()).hasValue(4);
    assertThat(handled).containsExactly(0, 1, 2);
    runUntil(handled, 6, collecting("deleted", handled, LostMessagesPolicy.CONTINUE));
    assertThat(handled).containsExactly(0, 1, 2, 7, 8, 9);
  }

  /** Retention empties an idle topic; only the marker of the last transaction was not read. */
  @Test
  void aTransactionMarkerDeletedByRetentionIsNoLostMessage() throws Exception {
    createTopic("quiet", 1);
    Map<String, Object> transactional = Map.of("transactional.id", "quiet");
    List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
    try (KafkaProducer<byte[], byte[]> producer = producer(transactional)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(insert("quiet", 1, 1));
      producer.commitTransaction();
      runUntil(handled, 1, collecting("quiet", handled, LostMessagesPolicy.STOP));
      deleteBefore("quiet", -1);
      producer.beginTransaction();
      producer.send(insert("quiet", 2, 1));
      producer.commitTransaction();
    }

    runUntil(handled, 2, collecting("quiet", handled, LostMessagesPolicy.STOP));

    assertThat(handled).containsExactly(1, 2);
  }

  @Test
  void aTopicRecreatedUnderARunningConsumerIsReadCompletelyOrReported() throws Exception {
    createTopic("again", 1);
    send("again", 0, 10);
    List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
    ChangeConsumer consumer = collecting("again", handled, LostMessagesPolicy.STOP);
    CompletableFuture<Void> run = CompletableFuture.runAsync(consumer::run);
    await(() -> handled.size() == 10);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of("again")).all().get();
    }
    createTopicOnceGone("again");
    send("again", 20, 23);

    await(() -> run.isDone() || handled.size() == 13);

    if (run.isDone()) {
      assertThatThrownBy(run::join).hasCauseInstanceOf(LostMessagesException.class);
      ChangeConsumer next = collecting("again", handled, LostMessagesPolicy.CONTINUE);
      runUntil(handled, 13, next);
    }
    consumer.close();
    assertThat(handled).hasSize(13).endsWith(20, 21, 22);
  }

  private static ChangeConsumer collecting(
      String topic, List<Integer> handled, LostMessagesPolicy policy) {
    return ChangeConsumer.builder()
        .brokers(kafka.bootstrapServers())
        .group("of " + topic)
        .topics(topic)
        .property("metadata.max.age.ms", 500)
        .property("default.api.timeout.ms", 10_000)
        .onLostMessages(policy)
        .on("*", Goods.class, change -> handled.add(change.after().id()))
        .build();
  }

  private static void runUntil(List<Integer> handled, int count, ChangeConsumer consumer)
      throws Exception {
    CompletableFuture<Void> run = CompletableFuture.runAsync(consumer::run);
    await(() -> handled.size() >= count || run.isDone());
    consumer.close();
    run.join();
  }

  private static void send(String topic, int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      IntStream.range(from, to).forEach(id -> producer.send(insert(topic, id, 1)));
    }
  }

  /** An offset of -1 is the end. */
  private static void deleteBefore(String topic, long offset) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  private static void createTopicOnceGone(String name) throws Exception {
    long started = System.nanoTime();
    while (true) {
      try {
        createTopic(name, 1);
        return;
      } catch (ExecutionException e) {
        assertThat(System.nanoTime() - started).as("deleting " + name).isLessThan(LIMIT);
        Thread.sleep(100);
      }
    }
  }

  private static List<String> deadLetters() {
    List<String> letters = new ArrayList<>();
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "letters",
            "auto.offset.reset", "earliest");
    StringDeserializer text = new StringDeserializer();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties, text, text)) {
      consumer.subscribe(List.of("poisoned.dead"));
      long started = System.nanoTime();
      while (letters.size() < 2 && System.nanoTime() - started < LIMIT) {
        for (ConsumerRecord<String, String> letter : consumer.poll(Duration.ofMillis(200))) {
          String name = header(letter, "bb.error.exception");
          letters.add(
              header(letter, "bb.error.offset") + " " + name.substring(name.lastIndexOf('.') + 1));
        }
      }
    }
    return letters;
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static Set<Integer> handled(Path file) {
    Set<Integer> ids = new HashSet<>();
    for (String line : lines(file)) {
      if (!line.equals("start")) {
        ids.add(Integer.parseInt(line));
      }
    }
    return ids;
  }

  /** The complete lines; if a kill cut the last one, the next line continues it. */
  private static List<String> lines(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long started = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - started).as("waiting").isLessThan(LIMIT);
      Thread.sleep(50);
    }
  }

  private static void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
    awaitLeaders(name, partitions);
  }

  /**
   * A leader that does not serve its partition yet could accept a producer's second batch before
   * its first, and then never the first: KAFKA-15591.
   */
  private static void awaitLeaders(String name, int partitions) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      ends.put(new TopicPartition(name, i), OffsetSpec.latest());
    }
    await(() -> areServed(ends));
  }

  /** Uses a new client, without metadata of a deleted topic with the same name. */
  private static boolean areServed(Map<TopicPartition, OffsetSpec> ends) {
    Map<String, Object> brief =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "request.timeout.ms", 5000,
            "default.api.timeout.ms", 5000);
    try (Admin admin = Admin.create(brief)) {
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ProducerRecord<byte[], byte[]> insert(String topic, int id, int usrId) {
    String message = GoodsRecords.message("c", 100 + id, "null", GoodsRecords.row(id, usrId, "a"));
    return new ProducerRecord<>(topic, utf8("" + usrId), utf8(message));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return producer(Map.of());
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("bootstrap.servers", kafka.bootstrapServers());
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(all, bytes, bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
