/** Records of Kafka: a message as a record, its size, and a message with fewer columns. */
@NullMarked
package io.binlogbroker.broker.kafka.record;

import org.jspecify.annotations.NullMarked;
