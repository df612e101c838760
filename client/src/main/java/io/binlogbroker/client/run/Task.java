package io.binlogbroker.client.run;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record that a handler thread processes. Its state belongs to the polling thread. */
final class Task {
  private final ConsumerRecord<byte[], byte[]> record;
  private final PartitionWork partition;
  private boolean handled;

  Task(ConsumerRecord<byte[], byte[]> record, PartitionWork partition) {
    this.record = record;
    this.partition = partition;
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  PartitionWork partition() {
    return partition;
  }

  int size() {
    return Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0);
  }

  void markHandled() {
    handled = true;
  }

  boolean isHandled() {
    return handled;
  }
}
