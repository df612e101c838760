package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.DebianPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Debian's Chromium without windows, for tests of web pages. It is unpacked into the cache with the
 * libraries and fonts that this machine lacks; nothing is installed.
 *
 * @param program that a driver starts
 * @param environment in which it finds its libraries and fonts
 */
public record Chromium(Path program, Map<String, String> environment) {
  private static final String NAME = "chromium-headless-shell";

  /** Small, and covers Chinese, Japanese and Korean. */
  private static final String FONT = "fonts-wqy-microhei";

  private static final String FOLDER = "usr/share/fonts";

  public Chromium {
    environment = Map.copyOf(environment);
  }

  /** The browser in the cache; downloads it and a font once (90 MB). */
  public static Chromium fetch(CacheFolder cache) {
    Path home = DebianPackage.fetchWithMissingLibraries(cache, NAME);
    Path libraries = home.resolve("usr/lib/x86_64-linux-gnu");
    return new Chromium(
        home.resolve("usr/lib/chromium").resolve(NAME),
        Map.of(
            "LD_LIBRARY_PATH",
            libraries + ":" + libraries.resolve("pulseaudio"),
            "FONTCONFIG_FILE",
            fonts(home, DebianPackage.fetch(cache, FONT)).toString()));
  }

  /** A machine without a desktop has neither a list of font folders nor a default font. */
  private static Path fonts(Path home, Path chinese) {
    Path file = home.resolve("fonts.conf");
    String fonts =
        """
        <fontconfig>
          <dir>/usr/share/fonts</dir><dir>%s</dir><dir>%s</dir><cachedir>%s</cachedir>
          <match>
            <edit name="family" mode="append" binding="same"><string>DejaVu Sans</string></edit>
          </match>
        </fontconfig>
        """
            .formatted(home.resolve(FOLDER), chinese.resolve(FOLDER), home.resolve("font-cache"));
    try {
      if (!Files.exists(file) || !Files.readString(file).equals(fonts)) {
        Files.writeString(file, fonts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
