package io.binlogbroker.broker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /} with a page that shows the groups of the process, and {@code /assets/...} with
 * its scripts and styles: a fixed set of files, read from the class path at the start. Any thread.
 */
final class Dashboard {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** Nothing inline and no other host, so that a name in the database cannot become code. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Answer page;
  private final Map<String, Answer> assets = new LinkedHashMap<>();

  Dashboard() {
    page = file("text/html; charset=utf-8", own("index.html"));
    add("dashboard.css", STYLE, own("dashboard.css"));
    add("icon.svg", "image/svg+xml", own("icon.svg"));
    for (String module :
        List.of(
            "main",
            "broker",
            "words",
            "format",
            "overview",
            "charts",
            "tables",
            "events",
            "config",
            "diff",
            "actions",
            "requests")) {
      add(module + ".js", SCRIPT, own(module + ".js"));
    }
    add("preact.js", SCRIPT, library("preact", "dist/preact.module.js"));
    add("uplot.js", SCRIPT, library("uplot", "dist/uPlot.iife.min.js"));
    add("uplot.css", STYLE, library("uplot", "dist/uPlot.min.css"));
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get("/", call -> page),
        Endpoint.get(
            "/assets/{file}",
            call -> assets.getOrDefault(call.variable("file"), Answer.refused(404, ""))));
  }

  /** The characters of all files. */
  int size() {
    return page.text().length()
        + assets.values().stream().mapToInt(asset -> asset.text().length()).sum();
  }

  private void add(String name, String type, String text) {
    assets.put(name, file(type, text));
  }

  /** Browsers ask each time whether a file has changed, so that an update takes effect at once. */
  private static Answer file(String type, String text) {
    return new Answer(
        200,
        type,
        text,
        Map.of(
            "Cache-Control", "no-cache",
            "ETag", '"' + digest(text) + '"',
            "Content-Security-Policy", POLICY,
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY"));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String own(String name) {
    return read(Dashboard.class.getResourceAsStream("dashboard/" + name), name);
  }

  /** A file of a WebJar, whose folder has the version in its name. */
  private static String library(String artifact, String name) {
    ClassLoader loader = Dashboard.class.getClassLoader();
    String properties = "META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
    Properties pom = new Properties();
    try {
      pom.load(new StringReader(read(loader.getResourceAsStream(properties), properties)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String path =
        "META-INF/resources/webjars/%s/%s/%s".formatted(artifact, pom.getProperty("version"), name);
    return read(loader.getResourceAsStream(path), path);
  }

  private static String read(@Nullable InputStream resource, String name) {
    try (InputStream in = resource) {
      if (in == null) {
        throw new IllegalStateException("The program is incomplete: " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
