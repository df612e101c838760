package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.engine.source.mysql.log.BinlogReplay;
import io.binlogbroker.engine.source.mysql.log.LogWatch;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.transaction.TableEngines;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows;

/**
 * Where a source looks up what its stream does not tell in time.
 *
 * @param log that the stream comes from, for what has to be read again
 * @param tables as the server has them now
 * @param undone of groups that were read before
 * @param statements with what their sessions meant
 * @param watch over the log, for one that is reset
 */
record Lookups(
    BinlogReplay log,
    TableEngines tables,
    UndoneRows undone,
    StatementReader statements,
    LogWatch watch) {}
