package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.testkit.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit, read by systemd's own program. Needs Debian's package systemd. */
@Timeout(60)
class UnitIT {
  private static final Path PROGRAM = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder;

  @Test
  void systemdAcceptsTheUnitAndRatesItAsWellProtected() throws IOException {
    assertThat(PROGRAM).as("fix: apt-get install systemd").isExecutable();
    String unit = Files.readString(DebianSourcesTest.UNIT);
    Path file = folder.resolve("binlogbroker@.service");
    Files.writeString(file, unit.replace("/opt/binlogbroker/bin/binlogbroker", "/bin/true"));

    String complaints = analyze("verify", file.toString());
    String rating = analyze("security", "--offline=yes", "--threshold=20", file.toString());

    assertThat(complaints).isEmpty();
    assertThat(rating).contains("Overall exposure level");
  }

  private String analyze(String... arguments) {
    List<String> line = Stream.concat(Stream.of(PROGRAM.toString()), Stream.of(arguments)).toList();
    return new Command(folder, line).run();
  }
}
