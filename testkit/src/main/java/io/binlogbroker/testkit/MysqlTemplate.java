package io.binlogbroker.testkit;

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
 * An initialised data directory in the cache, made once for a version and copied for each server.
 * It has the user {@code root} with no password, from anywhere.
 */
final class MysqlTemplate {
  /** The options that a data directory is bound to when it is made. */
  private static final Set<String> BINDING = Set.of("lower_case_table_names", "innodb_page_size");

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

  /** Fills {@code dataFolder} with an initialised, never started server's data. */
  void copyTo(Path dataFolder, Map<String, String> options) throws IOException {
    Map<String, String> binding = new TreeMap<>(options);
    binding.keySet().retainAll(BINDING);
    StringBuilder name = new StringBuilder("templates/").append(version.label());
    binding.forEach((option, value) -> name.append('-').append(option).append('=').append(value));
    Folders.copy(cache.entry(name.toString(), folder -> fill(folder, binding)), dataFolder);
  }

  private void fill(Path folder, Map<String, String> binding) throws IOException {
    Path sql = Files.createTempFile("initialise", ".sql");
    try {
      if (version.isMariaDb()) {
        initialiseMariaDb(folder, binding, sql);
      } else {
        initialiseMysql(folder, binding, sql);
      }
    } finally {
      Files.deleteIfExists(sql);
    }
    // Holds the server's uuid: every copy makes its own.
    Files.deleteIfExists(folder.resolve("auto.cnf"));
  }

  private void initialiseMysql(Path folder, Map<String, String> binding, Path sql)
      throws IOException {
    Files.writeString(sql, ROOT_FROM_ANYWHERE);
    command(folder, binding, List.of("--initialize-insecure", "--init-file=" + sql)).run();
  }

  /** Does what the script mariadb-install-db does, which wants programs the archive lacks. */
  private void initialiseMariaDb(Path folder, Map<String, String> binding, Path sql)
      throws IOException {
    Files.createDirectories(folder.resolve("mysql"));
    StringBuilder all = new StringBuilder("USE mysql;\nSET @auth_root_socket=NULL;\n");
    Path share = version.files().share(home);
    // Their names began with mysql before 11.
    String prefix = Files.exists(share.resolve("mariadb_system_tables.sql")) ? "mariadb" : "mysql";
    for (String script : MARIADB_SCRIPTS) {
      all.append(Files.readString(share.resolve(prefix + script))).append('\n');
    }
    all.append(Files.readString(share.resolve("maria_add_gis_sp_bootstrap.sql"))).append('\n');
    // Bootstrapping runs without grant tables until they are loaded.
    Files.writeString(sql, all + "FLUSH PRIVILEGES;\n" + ROOT_FROM_ANYWHERE);
    command(folder, binding, List.of("--bootstrap")).input(sql).run();
  }

  private Command command(Path folder, Map<String, String> binding, List<String> mode) {
    List<String> line = new ArrayList<>(version.files().command(home));
    line.addAll(MysqlServer.fixedArguments(version, home, folder));
    line.add("--skip-log-bin");
    binding.forEach((option, value) -> line.add("--" + option + "=" + value));
    line.addAll(mode);
    return new Command(folder, line).environment(environment).limit(Duration.ofMinutes(3));
  }
}
