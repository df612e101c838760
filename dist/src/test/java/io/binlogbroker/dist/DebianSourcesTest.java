package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.testkit.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that the Debian package is made from. */
@Timeout(60)
class DebianSourcesTest {
  private static final Path CONTROL = Path.of("src/deb/control");
  static final Path UNIT = Path.of("../cli/src/main/dist/systemd/binlogbroker@.service");

  @Test
  void theControlFileHasTheFieldsThatDpkgRequires() throws IOException {
    List<String> lines = Files.readAllLines(CONTROL.resolve("control"));

    for (String field : List.of("Package: binlogbroker", "Version: ", "Architecture: all")) {
      assertThat(lines).as(field).anyMatch(line -> line.startsWith(field));
    }
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Depends: ") && line.contains("java17-runtime-headless"))
        .anyMatch(line -> line.matches("Maintainer: .+ <.+@.+>"))
        .allMatch(line -> line.startsWith(" ") || line.matches("[A-Z][A-Za-z-]+: .+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postinst", "prerm", "postrm"})
  void theScriptsStopAtTheFirstErrorAndHaveNoSyntaxError(String name) throws IOException {
    Path script = CONTROL.resolve(name);

    assertThat(Files.readString(script)).startsWith("#!/bin/sh\nset -e\n");
    new Command(Path.of("."), List.of("sh", "-n", script.toString())).run();
  }

  @Test
  void purgeRemovesWhatTheUnitAndTheInstallationCreate() throws IOException {
    String purge = Files.readString(CONTROL.resolve("postrm"));

    assertThat(Files.readString(UNIT))
        .contains("\nStateDirectory=binlogbroker\n")
        .contains("\nLogsDirectory=binlogbroker\n")
        .contains("\nCacheDirectory=binlogbroker\n");
    assertThat(purge)
        .contains(
            "rm -rf /var/lib/binlogbroker /var/log/binlogbroker /var/cache/binlogbroker\n",
            "rmdir --ignore-fail-on-non-empty /etc/binlogbroker",
            "deluser --quiet --system binlogbroker\n");
  }

  @Test
  void theUnitRestartsAfterFailuresAndIsProtected() throws IOException {
    assertThat(Files.readString(UNIT))
        .contains("\nRestart=on-failure\n")
        .contains("\nNoNewPrivileges=yes\n")
        .contains("\nCapabilityBoundingSet=\n")
        .contains("\nProtectSystem=strict\n")
        .contains("\nSystemCallFilter=@system-service\n");
  }
}
