package io.binlogbroker.broker.kafka.record;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Computes the size of the compressed batch for one record by building it: a topic's limit applies
 * to compressed batches. Immutable.
 */
public final class BatchSize {
  private final Compression compression;

  /**
   * @param producer the producer's properties
   */
  public BatchSize(Map<String, Object> producer) {
    this.compression = compression(new ProducerConfig(producer));
  }

  private static Compression compression(ProducerConfig config) {
    String name = config.getString(ProducerConfig.COMPRESSION_TYPE_CONFIG);
    return switch (CompressionType.forName(name)) {
      case GZIP ->
          Compression.gzip()
              .level(config.getInt(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG))
              .build();
      case LZ4 ->
          Compression.lz4()
              .level(config.getInt(ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG))
              .build();
      case ZSTD ->
          Compression.zstd()
              .level(config.getInt(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG))
              .build();
      case NONE, SNAPPY -> Compression.of(name).build();
    };
  }

  public long of(ProducerRecord<byte[], byte[]> message) {
    Counter counter = new Counter();
    try (DataOutputStream out =
        new DataOutputStream(compression.wrapForOutput(counter, RecordBatch.CURRENT_MAGIC_VALUE))) {
      DefaultRecord.writeTo(
          out,
          0,
          0,
          ByteBuffer.wrap(message.key()),
          message.value() == null ? null : ByteBuffer.wrap(message.value()),
          message.headers().toArray());
    } catch (IOException e) {
      throw new IllegalStateException("Internal error: writing to memory failed", e);
    }
    return DefaultRecordBatch.RECORD_BATCH_OVERHEAD + counter.bytes;
  }

  /** Counts bytes and discards them. */
  private static final class Counter extends ByteBufferOutputStream {
    private long bytes;

    Counter() {
      super(0);
    }

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
    }

    @Override
    public void write(ByteBuffer source) {
      bytes += source.remaining();
      source.position(source.limit());
    }
  }
}
