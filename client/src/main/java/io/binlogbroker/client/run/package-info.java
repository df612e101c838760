/** Polls Kafka, hands changes to the application's handlers, and commits what they have handled. */
@NullMarked
package io.binlogbroker.client.run;

import org.jspecify.annotations.NullMarked;
