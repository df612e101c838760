/** Character sets and numbers as UTF-8 text. */
@NullMarked
package io.binlogbroker.binlog.row.text;

import org.jspecify.annotations.NullMarked;
