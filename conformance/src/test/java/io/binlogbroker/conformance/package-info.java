/** Other projects' readers and writers, held against what the broker sends. */
@NullMarked
package io.binlogbroker.conformance;

import org.jspecify.annotations.NullMarked;
