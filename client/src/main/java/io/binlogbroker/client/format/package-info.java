/** Parses messages of every format into row changes. */
@NullMarked
package io.binlogbroker.client.format;

import org.jspecify.annotations.NullMarked;
