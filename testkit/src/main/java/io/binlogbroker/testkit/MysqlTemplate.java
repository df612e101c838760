package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.process.Command;
import io.binlogbroker.testkit.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An initialized data directory in the cache, created once per version and copied for each server.
 * Its user {@code root} has no password and can connect from any host.
 */
final class MysqlTemplate {
  /** Options that are fixed when a data directory is initialized. */
  private static final Set<String> FIXED_OPTIONS =
      Set.of("lower_case_table_names", "innodb_page_size");

  private static final String ROOT_FROM_ANYWHERE =
      """
      CREATE USER 'root'@'%';
      GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;
      """;

  private static final List<String> MARIADB_SCRIPTS =
      List.of(
          "_system_tables.sql",
          "_performance_tables.sql",
          "_system_tables_data.sql",
          "_sys_schema.sql");

  private final MysqlVersion version;
  private final Path home;
  private final CacheFolder cache;
  private final Map<String, String> environment;

  MysqlTemplate(
      MysqlVersion version, Path home, CacheFolder cache, Map<String, String> environment) {
    this.version = version;
    this.home = home;
    this.cache = cache;
    this.environment = environment;
  }

  /** Copies the data of an initialized, never started server to {@code dataFolder}. */
  void copyTo(Path dataFolder, Map<String, String> options) throws IOException {
    Map<String, String> fixedOptions = new TreeMap<>(options);
    fixedOptions.keySet().retainAll(FIXED_OPTIONS);
    StringBuilder name = new StringBuilder("templates/").append(version.label());
    fixedOptions.forEach(
        (option, value) -> name.append('-').append(option).append('=').append(value));
    Folders.copy(cache.entry(name.toString(), folder -> fill(folder, fixedOptions)), dataFolder);
  }

  private void fill(Path folder, Map<String, String> fixedOptions) throws IOException {
    Path sql = Files.createTempFile("initialize", ".sql");
    try {
      if (version.isMariaDb()) {
        initializeMariaDb(folder, fixedOptions, sql);
      } else {
        initializeMysql(folder, fixedOptions, sql);
      }
    } finally {
      Files.deleteIfExists(sql);
    }
    // Contains the server's uuid; every copy generates its own.
    Files.deleteIfExists(folder.resolve("auto.cnf"));
  }

  private void initializeMysql(Path folder, Map<String, String> fixedOptions, Path sql)
      throws IOException {
    Files.writeString(sql, ROOT_FROM_ANYWHERE);
    command(folder, fixedOptions, List.of("--initialize-insecure", "--init-file=" + sql)).run();
  }

  /**
   * Does the same as the script mariadb-install-db, which requires programs that are not in the
   * archive.
   */
  private void initializeMariaDb(Path folder, Map<String, String> fixedOptions, Path sql)
      throws IOException {
    Files.createDirectories(folder.resolve("mysql"));
    StringBuilder all = new StringBuilder("USE mysql;\nSET @auth_root_socket=NULL;\n");
    Path share = version.files().share(home);
    // Before version 11 their names start with mysql.
    String prefix = Files.exists(share.resolve("mariadb_system_tables.sql")) ? "mariadb" : "mysql";
    for (String script : MARIADB_SCRIPTS) {
      all.append(Files.readString(share.resolve(prefix + script))).append('\n');
    }
    all.append(Files.readString(share.resolve("maria_add_gis_sp_bootstrap.sql"))).append('\n');
    // Bootstrapping runs without grant tables until they are loaded.
    Files.writeString(sql, all + "FLUSH PRIVILEGES;\n" + ROOT_FROM_ANYWHERE);
    command(folder, fixedOptions, List.of("--bootstrap")).input(sql).run();
  }

  private Command command(Path folder, Map<String, String> fixedOptions, List<String> mode) {
    List<String> line = new ArrayList<>(version.files().command(home));
    line.addAll(MysqlServer.fixedArguments(version, home, folder));
    line.add("--skip-log-bin");
    fixedOptions.forEach((option, value) -> line.add("--" + option + "=" + value));
    line.addAll(mode);
    return new Command(folder, line).environment(environment).limit(Duration.ofMinutes(3));
  }
}
