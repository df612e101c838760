/** The measured programs, each in its own process: the broker, a bare producer, Debezium. */
@NullMarked
package io.binlogbroker.bench.subject;

import org.jspecify.annotations.NullMarked;
