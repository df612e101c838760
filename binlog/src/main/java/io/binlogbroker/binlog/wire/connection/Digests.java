package io.binlogbroker.binlog.wire.connection;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests and byte operations for the login methods. Stateless. */
public final class Digests {
  private Digests() {}

  public static byte[] sha1(byte[]... parts) {
    return digest("SHA-1", parts);
  }

  public static byte[] sha256(byte[]... parts) {
    return digest("SHA-256", parts);
  }

  /** The bytes of {@code value}, each combined with one of {@code mask}, which repeats. */
  public static byte[] xor(byte[] value, byte[] mask) {
    if (mask.length == 0) {
      throw new MalformedBytesException("Expected a scramble but the server sent an empty one");
    }
    byte[] result = new byte[value.length];
    for (int i = 0; i < value.length; i++) {
      result[i] = (byte) (value[i] ^ mask[i % mask.length]);
    }
    return result;
  }

  public static byte[] concat(byte[] first, byte[] second) {
    byte[] result = new byte[first.length + second.length];
    System.arraycopy(first, 0, result, 0, first.length);
    System.arraycopy(second, 0, result, first.length, second.length);
    return result;
  }

  private static byte[] digest(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform supports " + algorithm, e);
    }
  }
}
