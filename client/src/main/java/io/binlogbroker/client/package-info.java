/** Reads the broker's messages from Kafka: changes, their order, and tables rebuilt from them. */
@NullMarked
package io.binlogbroker.client;

import org.jspecify.annotations.NullMarked;
