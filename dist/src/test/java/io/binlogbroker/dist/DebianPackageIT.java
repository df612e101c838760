package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.testkit.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Installs, upgrades, removes and purges the Debian package in a chroot of Debian. Needs root. */
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class DebianPackageIT {
  private static final Path DEB = Path.of(System.getProperty("deb"));

  private static final String INSTALL = "dpkg --install /tmp/binlogbroker.deb; ";

  @TempDir private Path folder;

  /** Quietly: JUnit warns of each link. */
  @AfterEach
  void deleteTheRoot() throws IOException {
    Folders.delete(folder.resolve("root"));
  }

  @Test
  void installsRunsAndPurgesWithoutARest() throws Exception {
    Chroot debian = Chroot.ofDebian(Files.createDirectories(folder.resolve("root")));
    Files.copy(DEB, debian.root().resolve("tmp/binlogbroker.deb"));
    String before = files(debian);

    debian.script(INSTALL);
    assertThat(
            debian.script(
                "stat -c '%n %U:%G %a' /etc/binlogbroker /var/lib/binlogbroker /var/log/binlogbroker"))
        .isEqualTo(
            """
            /etc/binlogbroker root:binlogbroker 750
            /var/lib/binlogbroker binlogbroker:binlogbroker 750
            /var/log/binlogbroker binlogbroker:binlogbroker 750
            """);
    assertThat(debian.script("getent passwd binlogbroker"))
        .endsWith(":/var/lib/binlogbroker:/usr/sbin/nologin\n");
    assertThat(
            Files.readString(debian.root().resolve("usr/lib/systemd/system/binlogbroker@.service")))
        .contains("\nExecStart=/usr/lib/binlogbroker/bin/binlogbroker -g %i ")
        .doesNotContain("/opt");

    String user = debian.script("id -u binlogbroker").strip();
    assertThat(
            debian.program(
                List.of("--userspec=" + user), List.of("/usr/bin/binlogbroker", "version")))
        .contains("binlogbroker ");
    assertThat(
            debian.script(
                "binlogbroker config show -g db_mall"
                    + " -c /usr/share/doc/binlogbroker/examples/binlogbroker.conf.json"))
        .contains("mall_db");

    // An upgrade keeps what the administrator has changed.
    debian.script("echo '{}' >/etc/binlogbroker/db_mall.json; chmod 0755 /etc/binlogbroker");
    debian.script(INSTALL + "stat -c %a /etc/binlogbroker | grep -x 755");

    debian.script("dpkg --remove binlogbroker; test -f /etc/binlogbroker/db_mall.json");
    assertThat(debian.script("test -d /var/lib/binlogbroker; dpkg --purge binlogbroker"))
        .contains("/etc/binlogbroker still has your configuration");
    debian.script("rm -r /etc/binlogbroker");
    assertThat(files(debian)).isEqualTo(before);
    assertThat(debian.script("! getent passwd binlogbroker; ! getent group binlogbroker"))
        .isEmpty();
  }

  /** All but those of dpkg itself and backups of the lists of users. */
  private static String files(Chroot debian) {
    return debian.script(
        "cd /; find etc usr var opt srv home -not -path 'var/lib/dpkg/*' -not -path 'var/log/*'"
            + " -not -path 'var/cache/*' -not -name '*-' | LC_ALL=C sort; ls -A var/log | grep binlog"
            + " || true; ls -A var/cache | grep binlog || true");
  }
}
