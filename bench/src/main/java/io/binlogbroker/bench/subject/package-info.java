/** What is measured, each in a process of its own: the broker, a bare producer, Debezium. */
@NullMarked
package io.binlogbroker.bench.subject;

import org.jspecify.annotations.NullMarked;
