package io.binlogbroker.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReservedPortTest {
  private static final int LOWEST = 32_000;
  private static final int END = 32_700;

  @Test
  void reservedPortIsNotReservedAgain() {
    try (ReservedPort port = ReservedPort.between(LOWEST, END)) {
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(() -> ReservedPort.between(port.number(), port.number() + 1))
          .withMessageContaining("Expected a free port from " + port.number());
    }
  }

  @Test
  void otherProcessGetsAPortOnlyAfterItsRelease() throws Exception {
    int number;
    try (ReservedPort port = ReservedPort.between(LOWEST, END)) {
      number = port.number();

      assertThat(statusOfOtherProcess(number)).isEqualTo(Other.NOT_FREE);
    }
    assertThat(statusOfOtherProcess(number)).isEqualTo(Other.RESERVED);
  }

  @Test
  void releasedPortCanBeReservedAgain() {
    ReservedPort port = ReservedPort.between(LOWEST, END);
    port.close();
    port.close();

    try (ReservedPort again = ReservedPort.between(port.number(), port.number() + 1)) {
      assertThat(again.number()).isEqualTo(port.number());
      assertThat(again.isReserved()).isTrue();
      assertThat(port.isReserved()).isFalse();
    }
  }

  @Test
  void portInUseIsNotReserved() throws IOException {
    int number;
    try (ReservedPort port = ReservedPort.between(LOWEST, END)) {
      number = port.number();
    }
    try (ServerSocket taken = new ServerSocket(number, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();
      assertThatExceptionOfType(ServerException.class)
          .isThrownBy(() -> ReservedPort.between(number, number + 1));
    }
  }

  private static int statusOfOtherProcess(int port) throws Exception {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            Integer.toString(port));
    return new ProcessBuilder(line).redirectErrorStream(true).start().waitFor();
  }

  /** Reserves the port in its argument; the exit status is the result. */
  static final class Other {
    static final int RESERVED = 10;
    static final int NOT_FREE = 11;

    public static void main(String[] arguments) {
      int port = Integer.parseInt(arguments[0]);
      try (ReservedPort reserved = ReservedPort.between(port, port + 1)) {
        System.exit(reserved.isReserved() ? RESERVED : 1);
      } catch (ServerException e) {
        System.exit(NOT_FREE);
      }
    }
  }
}
