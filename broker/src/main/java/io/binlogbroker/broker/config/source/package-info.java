/** The part of the configuration about one source: its server and its rules. */
@NullMarked
package io.binlogbroker.broker.config.source;

import org.jspecify.annotations.NullMarked;
