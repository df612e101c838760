package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.DebianPackage;
import java.nio.file.Path;
import java.util.List;

/** The etcd versions for tests, each from a Debian release. */
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

  /** Additional options of this version, for short runs on a slow disk. */
  List<String> options() {
    return options;
  }
}
