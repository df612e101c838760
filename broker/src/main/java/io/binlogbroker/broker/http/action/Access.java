package io.binlogbroker.broker.http.action;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may act: with a token, every client that sends it; without one, only processes of the
 * same host, if the listener is bound to the loopback interface. A page of another site never may,
 * whatever it sends. Immutable.
 */
public final class Access {
  private static final String BEARER = "bearer ";

  /** Added by proxies: the sender may then be on any host. */
  private static final List<String> PROXY_HEADERS =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private final byte @Nullable [] token;
  private final boolean listensOnLoopback;

  /**
   * @param token null for none; its digest is kept
   * @param listensOnLoopback whether the listener is bound to a loopback address
   */
  public Access(@Nullable String token, boolean listensOnLoopback) {
    this.token = token == null ? null : digest(token);
    this.listensOnLoopback = listensOnLoopback;
  }

  /** Decides before the request's body is read. */
  public Verdict decide(Requester requester) {
    if (isOfAnotherSite(requester)) {
      return Verdict.refused(
          403, "actions of web pages are refused, except those of this server's own page");
    }
    if (token == null) {
      return withoutToken(requester);
    }
    String given = requester.header("Authorization");
    if (given == null) {
      return Verdict.refused(401, "expected \"Authorization: Bearer TOKEN\" with AdminToken");
    }
    return isToken(given, token)
        ? Verdict.granted("the token's holder at " + requester.address())
        : Verdict.wrongToken();
  }

  private Verdict withoutToken(Requester requester) {
    boolean isDirect = PROXY_HEADERS.stream().allMatch(name -> requester.header(name) == null);
    if (listensOnLoopback && requester.isLoopback() && requester.namesAddress() && isDirect) {
      return Verdict.granted("a process of this host at " + requester.address());
    }
    return Verdict.refused(
        403,
        "without \"AdminToken\", actions are accepted only from this host, not through a proxy, and"
            + " only if \"RPCListen\" is a loopback address; fix: set \"AdminToken\", or RPCListen to"
            + " \"127.0.0.1:8846\"");
  }

  /** Compares digests, so that the time depends on nothing that a guess could reveal. */
  private static boolean isToken(String given, byte[] expected) {
    boolean isBearer = given.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String guess = isBearer ? given.substring(BEARER.length()).strip() : "";
    return MessageDigest.isEqual(digest(guess), expected) && isBearer;
  }

  /** Browsers send Origin with each POST and PUT, and Sec-Fetch-Site with each request. */
  private static boolean isOfAnotherSite(Requester requester) {
    String site = requester.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return true;
    }
    String origin = requester.header("Origin");
    return origin != null && !isOwn(origin, requester.header("Host"));
  }

  /** The scheme is not compared: a proxy in front of this server may add TLS. */
  private static boolean isOwn(String origin, @Nullable String host) {
    try {
      URI uri = new URI(origin);
      String authority = uri.getRawAuthority();
      boolean isPlain = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      return isPlain
          && authority != null
          && host != null
          && authority.toLowerCase(Locale.ROOT).equals(host.strip().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
