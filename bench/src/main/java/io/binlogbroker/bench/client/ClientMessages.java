package io.binlogbroker.bench.client;

import io.binlogbroker.bench.jmh.SampleRows;
import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.engine.model.FormatOptions;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a topic with the OLTP load's changes in one format, one message per change. One thread. */
final class ClientMessages {
  private static final long NOW = 1_795_337_799_801L;
  private static final Address TO = Address.of("", new byte[] {'7'}, null);

  private final MessageFormat format;
  private final ChangeContext context = new ChangeContext("bench");
  private long changes;

  ClientMessages(Format format) {
    this.format = format.writer(FormatOptions.DEFAULT);
    context.begin(null, 1, "binlog.000001", 4, NOW);
  }

  /** Sends at minimum this many changes and returns their number. */
  long fill(String servers, String topic, long minimum) throws IOException {
    SampleRows rows = new SampleRows();
    rows.schema = "sbtest";
    rows.read();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "compression.type", "lz4", "linger.ms", 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      MessageSink out =
          (to, value) -> producer.send(new ProducerRecord<>(topic, 0, to.key(), value));
      while (changes < minimum) {
        rows.forEach(row -> write(row, out));
      }
      producer.flush();
    } finally {
      rows.close();
    }
    return changes;
  }

  /** Each change has its own position, so that none is treated as a duplicate. */
  private void write(BinlogRows row, MessageSink out) {
    context.at(++changes);
    context.row(0, NOW);
    switch (row.action()) {
      case INSERT ->
          format.write(row.plan(), context, Operation.INSERT, null, row.after(), TO, out);
      case DELETE ->
          format.write(row.plan(), context, Operation.DELETE, row.before(), null, TO, out);
      case UPDATE ->
          format.write(row.plan(), context, Operation.UPDATE, row.before(), row.after(), TO, out);
    }
    format.endEvent(out);
    format.endTransaction(out);
  }
}
