package io.binlogbroker.broker.kafka.record;

import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.relay.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Converts a group's messages into Kafka records with headers. Immutable. */
public final class MessageRecords {
  public static final String GROUP = "bb.group";

  // Kafka's maximum overhead of a one-record batch: the batch's header and the record's varints.
  // Its exact bound is 82; a few bytes more only refuse messages that would hardly have fitted.
  private static final int AROUND_RECORD = 61 + 40;
  private static final int AROUND_HEADER = 10;

  private final RecordHeader group;
  private final RecordHeaders onlyGroup;

  public MessageRecords(String group) {
    this.group = new RecordHeader(GROUP, group.getBytes(StandardCharsets.UTF_8));
    this.onlyGroup = new RecordHeaders(List.of(this.group));
  }

  public ProducerRecord<byte[], byte[]> of(Message message) {
    return new ProducerRecord<>(
        message.topic(), null, null, message.key(), message.value(), headers(message));
  }

  /** At least as many bytes as Kafka counts for the message before compression. */
  public long sizeBound(Message message) {
    byte[] value = message.value();
    long size = AROUND_RECORD + AROUND_HEADER + GROUP.length() + group.value().length;
    size += message.key().length + (value == null ? 0 : value.length);
    List<Header> headers = message.to().headers();
    return headers.isEmpty()
        ? size
        : size + headers.stream().mapToLong(MessageRecords::sizeBound).sum();
  }

  private static long sizeBound(Header header) {
    return AROUND_HEADER + header.name().length() + header.value().length;
  }

  /** The record copies the shared ones. */
  private RecordHeaders headers(Message message) {
    List<Header> more = message.to().headers();
    if (more.isEmpty()) {
      return onlyGroup;
    }
    RecordHeaders headers = new RecordHeaders(onlyGroup);
    more.forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
    return headers;
  }
}
