/**
 * Reads the broker's messages from Kafka: {@link io.binlogbroker.client.ChangeConsumer} passes
 * changes to an application's handlers, {@link io.binlogbroker.client.ChangeReader} reads them
 * without a consumer group.
 */
@NullMarked
package io.binlogbroker.client;

import org.jspecify.annotations.NullMarked;
