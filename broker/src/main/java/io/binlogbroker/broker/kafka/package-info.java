/** Kafka: the sink that delivers messages and positions, its topics and its settings. */
@NullMarked
package io.binlogbroker.broker.kafka;

import org.jspecify.annotations.NullMarked;
