/**
 * Reads the broker's messages from Kafka: {@link io.binlogbroker.client.ChangeConsumer} hands
 * changes to an application, {@link io.binlogbroker.client.ChangeReader} just reads them.
 */
@NullMarked
package io.binlogbroker.client;

import org.jspecify.annotations.NullMarked;
