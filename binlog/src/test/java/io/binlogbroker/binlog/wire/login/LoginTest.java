package io.binlogbroker.binlog.wire.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.FakeMysqlServer;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.TlsFailedException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LoginTest {
  /** Computed with Python's hashlib from the password and the fake server's scramble. */
  private static final byte[] NATIVE_PROOF =
      HexFormat.of().parseHex("73e30f6863a16c4e8b65a2cb41501aa0a95d4867");

  private static final byte[] SHA2_PROOF =
      HexFormat.of().parseHex("da2074eb40eff480843e32d0f465875a08b5f166eada728051a28e15af3b007f");

  private static final Credentials PLAIN = new Credentials("rep_user", "rep_user");
  private static final Credentials TRUSTING = new Credentials("rep_user", "rep_user", true, null);

  private static KeyPair keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  @Test
  void nativePasswordSendsAProof() throws Exception {
    logIn(
        PLAIN,
        client -> {
          client.greet("8.0.33", "mysql_native_password");
          ByteReader response = new ByteReader(client.receive());
          assertThat(response.i32()).isEqualTo(Capabilities.SUPPORTED);
          assertThat(response.u32()).isEqualTo(1L << 30);
          assertThat(response.u8()).isEqualTo(45);
          response.skip(23);
          assertThat(response.utf8ToNul()).isEqualTo("rep_user");
          assertThat(response.bytes(response.lenencLength())).isEqualTo(NATIVE_PROOF);
          assertThat(response.utf8ToNul()).isEqualTo("mysql_native_password");
          assertThat(response.lenencLength()).isEqualTo(response.remaining());
          assertThat(response.lenencUtf8()).isEqualTo("program_name");
          assertThat(response.lenencUtf8()).isEqualTo("binlogbroker");
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void emptyPasswordSendsAnEmptyResponse() throws Exception {
    logIn(
        new Credentials("rep_user", ""),
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          assertThat(proof(client.receive())).isEmpty();
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void cachedAccountNeedsOnlyTheProof() throws Exception {
    logIn(
        PLAIN,
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          assertThat(proof(client.receive())).isEqualTo(SHA2_PROOF);
          client.send(new byte[] {1, 3});
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void uncachedAccountSendsThePasswordEncryptedWithTheServersKey() throws Exception {
    logIn(
        TRUSTING,
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          client.receive();
          client.send(new byte[] {1, 4});
          assertThat(client.receive()).containsExactly(2);
          client.send(Digests.concat(new byte[] {1}, publicKeyPem()));
          assertThat(decrypted(client.receive())).isEqualTo("rep_user\0");
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void keyFileNeedsNoRetrieval(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("public_key.pem"), publicKeyPem());
    logIn(
        new Credentials("rep_user", "rep_user", false, file),
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          client.receive();
          client.send(new byte[] {1, 4});
          assertThat(decrypted(client.receive())).isEqualTo("rep_user\0");
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void passwordIsNotSentWithoutTlsOrKey() throws Exception {
    refuses(
        LoginRefusedException.class,
        "fix: use TLS, name a file with the server's public key (ServerPublicKeyFile), or",
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          client.receive();
          client.send(new byte[] {1, 4});
          client.expectClose();
        });
  }

  @Test
  void keyThatWasNotRequestedIsNotUsed() throws Exception {
    refuses(
        ProtocolViolationException.class,
        "Expected no public key",
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          client.receive();
          client.send(Digests.concat(new byte[] {1}, publicKeyPem()));
          client.expectClose();
        });
  }

  @Test
  void malformedServerKeyRefusesTheLogin() throws Exception {
    String malformed =
        "-----BEGIN PUBLIC KEY-----\n"
            + "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A=I\n"
            + "-----END PUBLIC KEY-----\n";
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet("8.0.33", "sha256_password");
              client.receive();
              byte[] pem = malformed.getBytes(StandardCharsets.US_ASCII);
              client.send(Digests.concat(new byte[] {1}, pem));
              client.expectClose();
            })) {
      assertThatThrownBy(() -> Session.open(server.options(TRUSTING)))
          .isInstanceOf(LoginRefusedException.class)
          .hasMessageContaining("cannot use the public key from the reply of " + server.address());
    }
  }

  @Test
  void damagedServerKeyIsUsedOrRefused() {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.printf("damaged server keys: seed %d%n", seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] pem = damaged(publicKeyPem(), random);
      LoginTerms terms =
          new LoginTerms(TRUSTING, new ServerAddress("127.0.0.1", 3306), false, false);
      ProtectedPassword protectedPassword = new ProtectedPassword(terms, new byte[] {1});
      try {
        protectedPassword.send(FakeMysqlServer.SCRAMBLE);
        protectedPassword.encryptWith(pem, FakeMysqlServer.SCRAMBLE);
      } catch (LoginRefusedException e) {
        assertThat(e).hasMessageContaining("cannot use the public key");
      } catch (Exception e) {
        throw new AssertionError("Seed " + seed + ", mutation " + i, e);
      }
    }
  }

  private static byte[] damaged(byte[] pem, Random random) {
    byte[] damaged = Arrays.copyOf(pem, pem.length - random.nextInt(3));
    for (int i = random.nextInt(3); i >= 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
    }
    return damaged;
  }

  @Test
  void missingServerKeyFileRefusesTheLogin(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("public_key.pem");
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet("8.0.33", "sha256_password");
              client.expectClose();
            })) {
      Credentials credentials = new Credentials("rep_user", "rep_user", false, missing);

      assertThatThrownBy(() -> Session.open(server.options(credentials)))
          .isInstanceOf(LoginRefusedException.class)
          .hasMessageContaining(missing.toString());
    }
  }

  @Test
  void sha256PasswordRequestsTheKeyImmediately() throws Exception {
    logIn(
        TRUSTING,
        client -> {
          client.greet("8.0.33", "sha256_password");
          assertThat(proof(client.receive())).containsExactly(1);
          client.send(Digests.concat(new byte[] {1}, publicKeyPem()));
          assertThat(decrypted(client.receive())).isEqualTo("rep_user\0");
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void serverCanSwitchTheMethod() throws Exception {
    logIn(
        PLAIN,
        client -> {
          client.greet("8.0.33", "caching_sha2_password");
          client.receive();
          client.send(switchTo("mysql_native_password"));
          assertThat(client.receive()).isEqualTo(NATIVE_PROOF);
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void unknownMethodInTheGreetingIsAnsweredWithAKnownOne() throws Exception {
    logIn(
        PLAIN,
        client -> {
          client.greet("11.8.1-MariaDB", "parsec");
          assertThat(proof(client.receive())).isEqualTo(NATIVE_PROOF);
          client.ok();
          client.expectCommand();
        });
  }

  @Test
  void errorNamesAnUnknownMethod() throws Exception {
    refuses(
        LoginRefusedException.class,
        "the server requests the unknown method client_ed25519; use one of"
            + " mysql_native_password, caching_sha2_password",
        client -> {
          client.greet("11.4.5-MariaDB", "mysql_native_password");
          client.receive();
          client.send(switchTo("client_ed25519"));
          client.expectClose();
        });
  }

  @Test
  void oldPasswordIsRefused() throws Exception {
    refuses(
        LoginRefusedException.class,
        "mysql_old_password",
        client -> {
          client.greet("5.6.14", "mysql_native_password");
          client.receive();
          client.send(new byte[] {(byte) 0xFE});
          client.expectClose();
        });
  }

  @Test
  void clearPasswordRequiresTls() throws Exception {
    refuses(
        LoginRefusedException.class,
        "mysql_clear_password",
        client -> {
          client.greet("8.0.33", "mysql_native_password");
          client.receive();
          client.send(switchTo("mysql_clear_password"));
          client.expectClose();
        });
  }

  @Test
  void endlessExchangeIsAborted() throws Exception {
    refuses(
        ProtocolViolationException.class,
        "Expected the login to end within 12 exchanges",
        client -> {
          client.greet("8.0.33", "mysql_native_password");
          for (int round = 0; round < 12; round++) {
            client.receive();
            client.send(switchTo("mysql_native_password"));
          }
          client.receive();
          client.expectClose();
        });
  }

  @Test
  void emptyScrambleIsAViolation() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet("8.0.33", "mysql_native_password");
              client.receive();
              client.send(new PayloadWriter().u8(0xFE).textAndNul("sha256_password").toByteArray());
              client.receive();
              client.send(Digests.concat(new byte[] {1}, publicKeyPem()));
              client.expectClose();
            })) {
      assertThatThrownBy(() -> Session.open(server.options(TRUSTING)))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageStartingWith("Expected a scramble but the server sent an empty one");
    }
  }

  @Test
  void requiredTlsThatIsNotOfferedIsAFailure() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet("8.0.33", "caching_sha2_password");
              client.expectClose();
            })) {
      SessionOptions options =
          new SessionOptions(server.address(), PLAIN, new TlsOptions(TlsMode.REQUIRED));

      assertThatThrownBy(() -> Session.open(options))
          .isInstanceOf(TlsFailedException.class)
          .hasMessageStartingWith(
              server.address() + " does not offer TLS and the mode is required");
    }
  }

  @Test
  void bytesInjectedBeforeTlsAreAViolation() throws Exception {
    byte[] greeting =
        FakeMysqlServer.greeting(
            "8.0.33", "caching_sha2_password", Capabilities.SUPPORTED | Capabilities.SSL);
    byte[] okTooEarly = {0, 0, 0, 2, 0, 0, 0};
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.sendRaw(
                  Digests.concat(
                      FakeMysqlServer.packet(greeting, 0), FakeMysqlServer.packet(okTooEarly, 2)));
              assertThat(client.expectPacket(1)).hasSize(32);
              client.expectClose();
            })) {
      SessionOptions options =
          new SessionOptions(server.address(), PLAIN, new TlsOptions(TlsMode.PREFERRED));

      assertThatThrownBy(() -> Session.open(options))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageStartingWith("Expected no bytes between the greeting and TLS");
    }
  }

  /** A server does this while it shuts down; it may restart soon. */
  @Test
  void connectionClosedInTheTlsHandshakeIsLost() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet(
                  "8.0.33", "caching_sha2_password", Capabilities.SUPPORTED | Capabilities.SSL);
              client.expectPacket(1);
            })) {
      SessionOptions options =
          new SessionOptions(server.address(), PLAIN, new TlsOptions(TlsMode.REQUIRED));

      assertThatThrownBy(() -> Session.open(options))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("was closed during the TLS handshake");
    }
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(new Credentials("rep_user", "s3cret").toString())
        .isEqualTo("Credentials[user=rep_user, password=***]");
  }

  private static void logIn(Credentials credentials, FakeMysqlServer.Script script)
      throws Exception {
    try (FakeMysqlServer server = FakeMysqlServer.playing(script);
        Session session = Session.open(server.options(credentials))) {
      assertThat(session.connectionId()).isEqualTo(7);
    }
  }

  private static void refuses(
      Class<? extends Exception> kind, String message, FakeMysqlServer.Script script)
      throws Exception {
    try (FakeMysqlServer server = FakeMysqlServer.playing(script)) {
      assertThatThrownBy(() -> Session.open(server.options(PLAIN)))
          .isInstanceOf(kind)
          .hasMessageContaining(message)
          .hasMessageContaining(server.address().toString());
    }
  }

  private static byte[] switchTo(String plugin) {
    return new PayloadWriter()
        .u8(0xFE)
        .textAndNul(plugin)
        .bytes(FakeMysqlServer.SCRAMBLE)
        .u8(0)
        .toByteArray();
  }

  private static byte[] proof(byte[] loginResponse) {
    ByteReader response = new ByteReader(loginResponse);
    response.skip(32);
    response.utf8ToNul();
    return response.bytes(response.lenencLength());
  }

  private static byte[] publicKeyPem() {
    String base64 = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String decrypted(byte[] message) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
    byte[] password = Digests.xor(cipher.doFinal(message), FakeMysqlServer.SCRAMBLE);
    return new String(password, StandardCharsets.UTF_8);
  }
}
