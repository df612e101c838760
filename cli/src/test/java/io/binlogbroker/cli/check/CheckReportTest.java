package io.binlogbroker.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckReportTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final CheckReport report =
      new CheckReport(new PrintStream(out, true, StandardCharsets.UTF_8));

  @Test
  void successExitsWithZero() {
    report.add(CheckResult.ok("log_bin", "ON"));

    assertThat(report.end()).isEqualTo(ExitCode.OK);
    assertThat(printed()).contains("ok      log_bin", "1 ok, 0 warnings, 0 not ok");
  }

  @Test
  void aWarningDoesNotFail() {
    report.add(
        CheckResult.warning("binlog_row_image", "MINIMAL, recommended: FULL", "SET GLOBAL ..."));

    assertThat(report.end()).isEqualTo(ExitCode.OK);
    assertThat(printed()).contains("warn    binlog_row_image", "fix: SET GLOBAL ...");
  }

  @Test
  void theFirstFailureDeterminesTheCode() {
    report.add(CheckResult.notOk("binlog_format", FailureKind.SOURCE_SETTINGS, "MIXED", "SET ..."));
    report.add(
        CheckResult.notOk("Kafka reachable", FailureKind.UNREACHABLE, "refused", "start it"));

    assertThat(report.end()).isEqualTo(ExitCode.SOURCE_SETTINGS);
    assertThat(printed()).contains("not ok  binlog_format", "fix: SET ...", "2 not ok");
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
