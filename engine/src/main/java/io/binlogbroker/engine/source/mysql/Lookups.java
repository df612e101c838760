package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.engine.source.mysql.log.BinlogReplay;
import io.binlogbroker.engine.source.mysql.log.LogWatch;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.schema.StatementListener;
import io.binlogbroker.engine.source.mysql.transaction.TableEngines;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows;

/**
 * The sources of information that the event stream does not contain, or contains too late.
 *
 * @param log the binary log of the stream, to read parts of it again
 * @param tables the tables as the server has them now
 * @param columns follows their columns through the stream
 * @param undone rows of event groups that an earlier read found to be undone
 * @param statements reads statements with the settings of their sessions
 * @param watch detects a binary log that was reset
 */
record Lookups(
    BinlogReplay log,
    TableEngines tables,
    StatementListener columns,
    UndoneRows undone,
    StatementReader statements,
    LogWatch watch) {}
