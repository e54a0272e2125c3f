package zeroboot.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What every URL that goes into a script has to be like. */
final class UrlText {
  private static final int MAX_LENGTH = 1024;

  private UrlText() {}

  /**
   * Why {@code text} is no absolute URL of one of these schemes, if it is none. Credentials are
   * refused, as anyone could read them off the medium.
   */
  static Optional<String> objection(String text, List<String> schemes) {
    Optional<String> inScript = ScriptText.objection(text);
    if (inScript.isPresent()) {
      return inScript;
    }
    if (text.contains(" ")) {
      return Optional.of("has spaces in it");
    }
    if (text.length() > MAX_LENGTH) {
      return Optional.of("is longer than " + MAX_LENGTH + " characters");
    }
    URI uri;
    try {
      uri = new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      return Optional.of("is not a URL (" + e.getReason() + ")");
    }
    if (!schemes.contains(scheme(uri))) {
      return Optional.of("is not an " + String.join(" or ", schemes) + " URL");
    }
    if (uri.getUserInfo() != null) {
      return Optional.of("holds a user name or password, which anyone could read off the medium");
    }
    if (uri.getHost() == null) {
      return Optional.of("names no server");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      return Optional.of("has no possible port number");
    }
    if (uri.getRawFragment() != null) {
      return Optional.of("has a part after '#', which servers never see");
    }
    return Optional.empty();
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }
}
