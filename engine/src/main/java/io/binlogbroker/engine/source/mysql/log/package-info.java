/**
 * Access to the binary log outside of the stream: the list of files, checks of positions, and
 * repeated reads.
 */
@NullMarked
package io.binlogbroker.engine.source.mysql.log;

import org.jspecify.annotations.NullMarked;
