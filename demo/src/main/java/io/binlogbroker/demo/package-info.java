/** The demo: database, Kafka, broker and consumer in one command. */
@NullMarked
package io.binlogbroker.demo;

import org.jspecify.annotations.NullMarked;
