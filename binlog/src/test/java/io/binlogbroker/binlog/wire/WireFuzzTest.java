package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.PacketChannel;
import io.binlogbroker.binlog.wire.connection.PacketReader;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Capabilities;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.Login;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mutated packets, logins and results are read, or rejected with a declared exception. */
class WireFuzzTest {
  private static final Set<Class<? extends Exception>> DECLARED =
      Set.of(IOException.class, MalformedBytesException.class);

  @Test
  void packetsAreReadOrRejected() {
    List<byte[]> samples =
        List.of(stream(0, new byte[0], "abc".getBytes(StandardCharsets.US_ASCII), new byte[300]));
    Mutations.of("packets", samples, DECLARED)
        .run(
            bytes -> {
              InputStream in = new ByteArrayInputStream(bytes);
              PacketReader reader = new PacketReader(in, "fuzz:1", 64 * 1024);
              while (true) {
                reader.next();
              }
            });
  }

  @Test
  void loginsSucceedOrFail() throws GeneralSecurityException {
    Credentials credentials = new Credentials("rep_user", "rep_user", true, null, true);
    Mutations.of("logins", logins(), DECLARED)
        .run(
            bytes -> {
              CannedSocket socket = new CannedSocket(bytes);
              SessionOptions options = options(credentials);
              PacketChannel channel = new PacketChannel(socket, options.address(), 1 << 20);
              new Login(channel, options).run();
            });
  }

  @Test
  void resultsAreReadOrRejected() {
    Mutations.of("results", results(), DECLARED)
        .run(
            bytes -> {
              SessionOptions options = options(new Credentials("a", "b"));
              PacketChannel channel =
                  new PacketChannel(new CannedSocket(bytes), options.address(), 1 << 20);
              channel.loggedIn();
              new TextQuery(channel).rows("SELECT a, b FROM t");
            });
  }

  private static SessionOptions options(Credentials credentials) {
    return new SessionOptions(
        new ServerAddress("fuzz", 1), credentials, new TlsOptions(TlsMode.DISABLED));
  }

  private static List<byte[]> logins() throws GeneralSecurityException {
    byte[] ok = {0, 0, 0, 2, 0, 0, 0};
    byte[] wantsPassword = {1, 4};
    byte[] refusal =
        new PayloadWriter().u8(0xFF).u16(1045).text("#28000Access denied").toByteArray();
    byte[] change =
        new PayloadWriter()
            .u8(0xFE)
            .textAndNul("caching_sha2_password")
            .bytes(FakeMysqlServer.SCRAMBLE)
            .u8(0)
            .toByteArray();
    byte[] key = Digests.concat(new byte[] {1}, publicKey());
    List<byte[]> logins = new ArrayList<>();
    logins.add(login(greeting("8.0.33", "mysql_native_password"), 2, ok));
    logins.add(login(greeting("8.0.33", "mysql_native_password"), 2, refusal));
    logins.add(login(greeting("5.5.5-10.11.2-MariaDB", ""), 2, change, new byte[] {1, 3}, ok));
    logins.add(login(greeting("8.0.33", "caching_sha2_password"), 2, new byte[] {1, 3}, ok));
    logins.add(login(greeting("8.0.33", "caching_sha2_password"), 2, wantsPassword, key, ok));
    logins.add(login(greeting("8.0.33", "sha256_password"), 2, key, ok));
    logins.add(stream(0, refusal));
    return logins;
  }

  private static byte[] greeting(String version, String plugin) {
    return FakeMysqlServer.greeting(version, plugin, Capabilities.SUPPORTED);
  }

  /** Sequence numbers leave room for a client packet between two server packets. */
  private static byte[] login(byte[] greeting, int first, byte[]... replies) {
    byte[] all = FakeMysqlServer.packet(greeting, 0);
    int sequence = first;
    for (byte[] reply : replies) {
      all = Digests.concat(all, FakeMysqlServer.packet(reply, sequence));
      sequence += reply.length == 2 && reply[1] == 3 ? 1 : 2;
    }
    return all;
  }

  private static byte[] publicKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    byte[] key = generator.generateKeyPair().getPublic().getEncoded();
    String base64 = Base64.getMimeEncoder().encodeToString(key);
    return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static List<byte[]> results() {
    byte[] count = {2};
    byte[] eof = {(byte) 0xFE, 0, 0, 2, 0};
    byte[] row = new PayloadWriter().lenencText("1").u8(0xFB).toByteArray();
    byte[] refusal = new PayloadWriter().u8(0xFF).u16(1064).text("#42000No").toByteArray();
    return List.of(
        stream(1, count, definition("a"), definition("b"), eof, row, row, eof),
        stream(1, refusal),
        stream(1, new byte[] {0, 0, 0, 2, 0, 0, 0}));
  }

  private static byte[] definition(String name) {
    PayloadWriter definition = new PayloadWriter().lenencText("def");
    for (int i = 0; i < 3; i++) {
      definition.lenencText("");
    }
    return definition.lenencText(name).lenencText(name).lenenc(12).zeros(12).toByteArray();
  }

  private static byte[] stream(int first, byte[]... payloads) {
    byte[] all = new byte[0];
    int sequence = first;
    for (byte[] payload : payloads) {
      all = Digests.concat(all, FakeMysqlServer.packet(payload, sequence++));
    }
    return all;
  }

  /** A connection with a fixed input. */
  private static final class CannedSocket extends Socket {
    private final InputStream in;

    CannedSocket(byte[] bytes) {
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {
      // Nothing is waited for.
    }
  }
}
