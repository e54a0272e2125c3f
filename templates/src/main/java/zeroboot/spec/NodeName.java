package zeroboot.spec;

import java.util.regex.Pattern;
import zeroboot.ground.ZbootException;

/**
 * What a rack's owner calls one of its nodes. Stands on the screen and in file names.
 *
 * @param value letters, digits and hyphens, up to 63 (RFC 1123 section 2.1)
 */
public record NodeName(String value) implements Comparable<NodeName> {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  /** Refuses anything but a host name without dots. */
  public NodeName {
    if (!FORM.matcher(value).matches()) {
      throw ZbootException.settings(
          "node name '" + value + "'",
          "a name is made of letters, digits and hyphens, up to 63",
          "write it like rack1-node03");
    }
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
