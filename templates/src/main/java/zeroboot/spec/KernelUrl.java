package zeroboot.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a node fetches its kernel from.
 *
 * @param value an absolute http or https URL of printable ASCII, without credentials
 */
public record KernelUrl(String value) {
  private static final int MAX_LENGTH = 1024;
  private static final String MEND = "write it like https://bootstrap.grid.tf/kernel/net/prod.efi";

  /** Refuses what a node could not fetch or a script could not carry. */
  public KernelUrl {
    trouble(value)
        .ifPresent(
            what -> {
              throw ZbootException.settings("kernel URL '" + value + "'", what, MEND);
            });
  }

  /** Reads what a user typed. */
  public static KernelUrl parse(String text) {
    return new KernelUrl(text);
  }

  /** Whether nobody on the way can change what the node fetches. */
  public boolean encrypted() {
    return value.toLowerCase(Locale.ROOT).startsWith("https:");
  }

  private static Optional<String> trouble(String text) {
    Optional<String> inScript = ScriptText.trouble(text);
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
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("is not an http or https URL");
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

  @Override
  public String toString() {
    return value;
  }
}
