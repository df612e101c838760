package io.binlogbroker.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes a Java runtime with the modules that the program needs, from the JDK that runs this. */
final class JavaRuntime {
  /**
   * What the program and its libraries use, also by name only: Kerberos and OAuth logins of Kafka,
   * JMX, elliptic curves of TLS; and {@code jcmd} with flight recorder for diagnosis.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.instrument",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.security.jgss",
          "java.security.sasl",
          "java.sql",
          "java.xml",
          "jdk.attach",
          "jdk.charsets",
          "jdk.crypto.ec",
          "jdk.jcmd",
          "jdk.jfr",
          "jdk.management",
          "jdk.management.agent",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.security.auth",
          "jdk.security.jgss",
          "jdk.unsupported");

  private JavaRuntime() {}

  static void make(Path target) throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home"));
    Path modules = jdk.resolve("jmods");
    if (!Files.isDirectory(modules)) {
      throw new IOException(
          "Expected the modules of a JDK in " + modules + "; fix: install openjdk-17-jdk-headless");
    }
    ProgramRun.output(
        List.of(
            jdk.resolve("bin/jlink").toString(),
            "--module-path",
            modules.toString(),
            "--add-modules",
            String.join(",", MODULES),
            "--no-header-files",
            "--no-man-pages",
            "--output",
            target.toString()));
  }
}
