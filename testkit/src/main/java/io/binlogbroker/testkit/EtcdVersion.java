package io.binlogbroker.testkit;

import java.nio.file.Path;
import java.util.List;

/** The etcd servers that tests may run: the Debian release each comes from. */
public enum EtcdVersion {
  V3_4("bookworm", List.of()),
  V3_5("trixie", List.of("--unsafe-no-fsync"));

  private final String suite;
  private final List<String> options;

  EtcdVersion(String suite, List<String> options) {
    this.suite = suite;
    this.options = options;
  }

  Path program(CacheFolder cache) {
    return DebianPackage.fetchOf(suite, cache, "etcd-server").resolve("usr/bin/etcd");
  }

  /** What this version takes on top, for a short life on a slow disk. */
  List<String> options() {
    return options;
  }
}
