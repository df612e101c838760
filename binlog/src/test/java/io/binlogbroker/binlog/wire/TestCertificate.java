package io.binlogbroker.binlog.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate with its key, made with the JDK's keytool, as PEM files. */
record TestCertificate(Path certificate, Path privateKey) {
  private static final String PASSWORD = "changeit";

  /** Makes one that bears the given subject alternative name, such as {@code ip:127.0.0.1}. */
  static TestCertificate make(Path folder, String name, String alternativeName) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "it",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=" + name,
            "-validity",
            "2",
            "-ext",
            "san=" + alternativeName,
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString()));
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey("it", PASSWORD.toCharArray());
    byte[] certificate = keys.getCertificate("it").getEncoded();
    return new TestCertificate(
        pem(folder.resolve(name + "-cert.pem"), "CERTIFICATE", certificate),
        pem(folder.resolve(name + "-key.pem"), "PRIVATE KEY", key.getEncoded()));
  }

  private static void keytool(List<String> arguments) throws Exception {
    List<String> line = new ArrayList<>(arguments);
    line.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("keytool failed: " + arguments);
    }
  }

  private static Path pem(Path file, String kind, byte[] der) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
