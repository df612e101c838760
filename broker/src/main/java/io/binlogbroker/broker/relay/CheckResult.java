package io.binlogbroker.broker.relay;

/**
 * What one precondition of a broker's work turned out to be.
 *
 * @param name of the precondition, in a few words
 * @param ok whether it holds
 * @param exitCode what a broker would end with because it does not hold; {@link ExitCode#OK} when
 *     it would work all the same
 * @param detail what was found
 * @param fix what to do or to run when it does not hold; empty when it does
 */
public record CheckResult(String name, boolean ok, ExitCode exitCode, String detail, String fix) {
  public static CheckResult ok(String name, String detail) {
    return new CheckResult(name, true, ExitCode.OK, detail, "");
  }

  /** A broker cannot work like this. */
  public static CheckResult notOk(String name, ExitCode exitCode, String detail, String fix) {
    return new CheckResult(name, false, exitCode, detail, fix);
  }

  /** A broker works like this, but less well, or not as its operator may think. */
  public static CheckResult warning(String name, String detail, String fix) {
    return new CheckResult(name, false, ExitCode.OK, detail, fix);
  }

  /** What was asked could not be found out, or was refused. */
  public static CheckResult failed(String name, RelayException failure, String fix) {
    return notOk(name, failure.exitCode(), String.valueOf(failure.getMessage()), fix);
  }

  /** Whether it is only a warning. */
  public boolean isWarning() {
    return !ok && exitCode == ExitCode.OK;
  }
}
