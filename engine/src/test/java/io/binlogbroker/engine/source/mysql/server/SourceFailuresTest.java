package io.binlogbroker.engine.source.mysql.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Classification of the error messages with which servers reject a dump; all have the number 1236.
 */
class SourceFailuresTest {
  private final SourceFailures failures = new SourceFailures("rep_user");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POSITION_LOST | Could not find first log file name in binary log index file",
        "POSITION_LOST | The slave is connecting using CHANGE MASTER TO MASTER_AUTO_POSITION = 1,"
            + " but the master has purged binary logs containing GTIDs that the slave requires.",
        "POSITION_LOST | Cannot replicate because the master purged required binary logs. Replicate"
            + " the missing transactions from elsewhere",
        "POSITION_LOST | Cannot replicate because the source purged required binary logs. Replicate"
            + " the missing transactions from elsewhere",
        "POSITION_LOST | Could not find GTID state requested by slave in any binlog files. Probably"
            + " the slave state is too old and required binlog files have been purged.",
        "POSITION_LOST | Slave has more GTIDs than the master has, using the master's SERVER_UUID.",
        "POSITION_LOST | Replica has more GTIDs than the source has, using the source's"
            + " SERVER_UUID.",
        "POSITION_LOST | Error: connecting slave requested to start from GTID 0-1-50000, which is"
            + " not in the master's binlog",
        "POSITION_LOST | Client requested master to start replication from position > file size",
        "POSITION_LOST | Client requested source to start replication from position > file size",
        "POSITION_LOST | Client requested master to start replication from impossible position",
        "FENCED        | A slave with the same server_uuid/server_id as this slave has connected to"
            + " the master",
        "FENCED        | A replica with the same server_uuid/server_id as this replica has"
            + " connected to the source",
        "SOURCE_SETTINGS | Binary log is not open",
        "SOURCE_SETTINGS | Cannot replicate anonymous transaction when @@GLOBAL.GTID_MODE = ON, at"
            + " file ./binlog.000007",
        "SOURCE_DATA   | binlog truncated in the middle of event; consider out of disk space on"
            + " master",
        "SOURCE_DATA   | bogus data in log event; the first event 'binlog.000001' at 7",
        "SOURCE_DATA   | log event entry exceeded max_allowed_packet; Increase max_allowed_packet"
            + " on master",
        "SOURCE_DATA   | Slave can not handle replication events with the checksum that master is"
            + " configured to log",
      })
  void fatalDumpErrorsAreNotRetriable(FailureKind code, String text) {
    DeliveryException failure = failures.toRelay(refusal(text));

    assertThat(failure.kind()).isEqualTo(code);
    assertThat(failure.isRetriable()).isFalse();
    assertThat(failure).hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3159 | Connections using insecure transport are prohibited | \"Mode\": \"required\"",
        "3118 | Access denied for user 'rep_user'@'127.0.0.1'. Account is locked. | ACCOUNT UNLOCK",
        "4151 | Access denied, this account is locked | ACCOUNT UNLOCK",
        "1862 | Your password has expired. | password",
        "1820 | You must SET PASSWORD before executing this statement | has expired",
        "3955 | Account is blocked for 3 day(s) | ACCOUNT UNLOCK",
        "4150 | User is blocked because of too many credential errors | FLUSH PRIVILEGES",
      })
  void loginErrorsNameTheFix(int code, String text, String cure) {
    DeliveryException failure =
        failures.toRelay(new ServerErrorException(code, "HY000", text, "at the login"));

    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_ACCESS);
    assertThat(failure.isRetriable()).isFalse();
    assertThat(failure).hasMessageContaining(text).hasMessageContaining(cure);
  }

  @ParameterizedTest
  @CsvSource("memory allocation failed reading log event")
  void resourceErrorsAreRetriable(String text) {
    assertThat(failures.toRelay(refusal(text)).isRetriable()).isTrue();
  }

  /** Another thread has closed the socket: a master that has lost its lock must not exit. */
  @Test
  void aClosedSocketIsRetriable() {
    DeliveryException failure =
        failures.whileReading(
            new SocketException("Socket is closed"), new BinlogPosition("binlog.000001", 4));

    assertThat(failure.isRetriable()).isTrue();
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
  }

  @Test
  void transactionsWithoutGtidsAreReportedOnce() {
    DeliveryException failure =
        failures.toRelay(
            refusal(
                "Cannot replicate anonymous transaction when AUTO_POSITION = 1, at file"
                    + " ./binlog.000005, position 198."));

    assertThat(failure.isRetriable()).isTrue();
    assertThat(failures.takeAnonymous()).isTrue();
    assertThat(failures.takeAnonymous()).isFalse();
  }

  private static ServerErrorException refusal(String text) {
    return new ServerErrorException(1236, "HY000", text, "at the dump");
  }
}
