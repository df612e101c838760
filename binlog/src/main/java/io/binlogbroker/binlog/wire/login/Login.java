package io.binlogbroker.binlog.wire.login;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.connection.PacketChannel;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.TlsFailedException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsUpgrade;
import java.io.IOException;
import java.util.Arrays;

/**
 * Performs the connection phase of a new connection: greeting, TLS and login. One use, one thread.
 */
public final class Login {
  private static final int OK = 0x00;
  private static final int MORE_DATA = 0x01;
  private static final int SWITCH = 0xFE;

  /** utf8mb4_general_ci, which every server supports. */
  private static final int CHARSET = 45;

  private static final long MAX_PACKET = 1L << 30;

  /** Maximum number of exchanges; a login method needs far fewer. */
  private static final int ROUNDS = 12;

  private final PacketChannel channel;
  private final SessionOptions options;

  public Login(PacketChannel channel, SessionOptions options) {
    this.channel = channel;
    this.options = options;
  }

  public Greeting run() throws IOException {
    Greeting greeting = Greeting.read(channel.receive(), channel.reader().where());
    int capabilities = greeting.capabilities() & Capabilities.SUPPORTED;
    if (usesTls(greeting)) {
      capabilities |= Capabilities.SSL;
      channel.send(head(capabilities).toByteArray());
      channel.secure(new TlsUpgrade(options.tls(), options.address()));
    }
    boolean encrypted = channel.secured() != null;
    boolean verified = encrypted && options.tls().mode().verifies();
    LoginTerms terms =
        new LoginTerms(options.credentials(), options.address(), encrypted, verified);
    // A server may name its default method here and switch to the account's method later.
    LoginMethods chosen = LoginMethods.named(greeting.loginMethod()).orElse(LoginMethods.NATIVE);
    LoginMethod method = chosen.create(terms);
    byte[] proof = method.answer(greeting.scramble());
    channel.reader().expect("the login", channel.reader().sequence());
    channel.send(response(capabilities, chosen.plugin(), proof));
    exchange(method, terms);
    return greeting;
  }

  private boolean usesTls(Greeting greeting) throws TlsFailedException {
    TlsMode mode = options.tls().mode();
    if (mode == TlsMode.DISABLED) {
      return false;
    }
    boolean offered = greeting.offers(Capabilities.SSL);
    if (!offered && mode != TlsMode.PREFERRED) {
      throw new TlsFailedException(
          "%s does not offer TLS and the mode is %s; enable TLS on the server, or choose preferred or disabled"
              .formatted(options.address(), mode));
    }
    return offered;
  }

  private PayloadWriter head(int capabilities) {
    return new PayloadWriter().u32(capabilities).u32(MAX_PACKET).u8(CHARSET).zeros(23);
  }

  private byte[] response(int capabilities, String plugin, byte[] proof) {
    PayloadWriter response = head(capabilities).textAndNul(options.credentials().user());
    if ((capabilities & Capabilities.PLUGIN_AUTH_LENENC) != 0) {
      response.lenencBytes(proof);
    } else {
      response.shortBytes(proof);
    }
    response.textAndNul(plugin);
    if ((capabilities & Capabilities.CONNECT_ATTRS) != 0) {
      response.lenencBytes(attributes());
    }
    return response.toByteArray();
  }

  private byte[] attributes() {
    return new PayloadWriter()
        .lenencText("program_name")
        .lenencText(options.programName())
        .toByteArray();
  }

  private void exchange(LoginMethod first, LoginTerms terms) throws IOException {
    LoginMethod method = first;
    for (int round = 0; round < ROUNDS; round++) {
      ByteReader packet = channel.receive();
      int kind = packet.u8();
      switch (kind) {
        case OK -> {
          return;
        }
        case MORE_DATA -> {
          byte[] answer = method.more(packet.bytes(packet.remaining()));
          if (answer != null) {
            channel.send(answer);
          }
        }
        case SWITCH -> method = switchTo(packet, terms);
        default ->
            throw channel.violation("Expected 0, 1, 0xfe or an error but got %#x".formatted(kind));
      }
    }
    throw channel.violation("Expected the login to end within " + ROUNDS + " exchanges");
  }

  private LoginMethod switchTo(ByteReader packet, LoginTerms terms) throws IOException {
    if (packet.remaining() == 0) {
      throw terms.refuse(
          "the server requests the method mysql_old_password, which is insecure; set a new password"
              + " for the account");
    }
    String plugin = packet.utf8ToNul();
    LoginMethod method =
        LoginMethods.named(plugin)
            .orElseThrow(
                () ->
                    terms.refuse(
                        "the server requests the unknown method %s; use one of %s"
                            .formatted(plugin, LoginMethods.names())))
            .create(terms);
    channel.send(method.answer(withoutNul(packet.bytes(packet.remaining()))));
    return method;
  }

  private static byte[] withoutNul(byte[] scramble) {
    int last = scramble.length - 1;
    return last >= 0 && scramble[last] == 0 ? Arrays.copyOf(scramble, last) : scramble;
  }
}
