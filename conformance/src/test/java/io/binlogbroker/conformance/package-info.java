/**
 * Compares the broker's messages with those of other projects, and reads them with their readers.
 */
@NullMarked
package io.binlogbroker.conformance;

import org.jspecify.annotations.NullMarked;
