/** Polls Kafka, passes changes to the application's handlers, and commits the handled ones. */
@NullMarked
package io.binlogbroker.client.run;

import org.jspecify.annotations.NullMarked;
