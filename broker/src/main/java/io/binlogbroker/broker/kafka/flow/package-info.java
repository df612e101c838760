/** What has been passed to the producer and is not durable yet. */
@NullMarked
package io.binlogbroker.broker.kafka.flow;

import org.jspecify.annotations.NullMarked;
