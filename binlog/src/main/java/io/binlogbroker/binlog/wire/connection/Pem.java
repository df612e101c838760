package io.binlogbroker.binlog.wire.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM text. */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  /** DER of version 0 and the algorithm rsaEncryption, which precede the key in PKCS#8. */
  private static final byte[] RSA_KEY_PREFIX = {
    2, 1, 0, 0x30, 13, 6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
  };

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 4;

  private Pem() {}

  /** Reads all certificates of a file; at least one. */
  public static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          factory.generateCertificates(in).stream().map(X509Certificate.class::cast).toList();
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("Expected a certificate in " + file + " but found none");
      }
      return certificates;
    }
  }

  /** Reads a private key in PKCS#8, or in the PKCS#1 form of MySQL's generated RSA keys. */
  public static PrivateKey privateKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    Matcher block = block(Files.readString(file), file.toString());
    byte[] der = decode(block, file.toString());
    return switch (block.group(1)) {
      case "PRIVATE KEY" -> pkcs8(der, algorithm);
      case "RSA PRIVATE KEY" -> pkcs8(wrapRsaKey(der), "RSA");
      default ->
          throw new GeneralSecurityException(
              "Expected a PRIVATE KEY in %s but found %s; convert it with: openssl pkcs8 -topk8 -nocrypt"
                  .formatted(file, block.group(1)));
    };
  }

  /** Reads an RSA public key; messages name its {@code source}. */
  public static PublicKey publicKey(String text, String source) throws GeneralSecurityException {
    Matcher block = block(text, source);
    byte[] der = decode(block, source);
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
  }

  private static PrivateKey pkcs8(byte[] der, String algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static byte[] wrapRsaKey(byte[] key) {
    return der(SEQUENCE, Digests.concat(RSA_KEY_PREFIX, der(OCTET_STRING, key)));
  }

  /** A DER element with a two-byte length, which suffices for RSA keys. */
  private static byte[] der(int tag, byte[] content) {
    byte[] head = {(byte) tag, (byte) 0x82, (byte) (content.length >>> 8), (byte) content.length};
    return Digests.concat(head, content);
  }

  private static Matcher block(String text, String source) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new GeneralSecurityException("Expected PEM text in " + source + " but found none");
    }
    return block;
  }

  private static byte[] decode(Matcher block, String source) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(block.group(2).getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("Malformed base64 in the PEM text of " + source, e);
    }
  }
}
