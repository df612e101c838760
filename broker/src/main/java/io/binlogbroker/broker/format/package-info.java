/** Messages: one writer per format, from row images straight to bytes. */
@NullMarked
package io.binlogbroker.broker.format;

import org.jspecify.annotations.NullMarked;
