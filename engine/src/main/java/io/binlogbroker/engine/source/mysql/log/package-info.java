/**
 * The binary log beside the stream: which files there are, what begins where, and parts read again.
 */
@NullMarked
package io.binlogbroker.engine.source.mysql.log;

import org.jspecify.annotations.NullMarked;
