/** Four examples that use the client. */
@NullMarked
package io.binlogbroker.examples;

import org.jspecify.annotations.NullMarked;
