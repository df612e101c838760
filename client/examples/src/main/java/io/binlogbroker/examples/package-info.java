/** Four uses of the client, each a class to start from. */
@NullMarked
package io.binlogbroker.examples;

import org.jspecify.annotations.NullMarked;
