package zeroboot.server.files;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import zeroboot.ground.ZbootException;
import zeroboot.spec.MacAddress;

/**
 * A name that a node asks for: {@code zboot.efi}, or with its address {@code
 * 00-00-5e-00-53-01/zboot.efi}. These are all the names there are: nothing of a disk is ever given.
 *
 * @param node whose it is
 */
public record FileName(Optional<MacAddress> node, BootFiles.Kind kind) {
  private static final int LONGEST = 200;

  /** The name in a request; slashes may stand before it and be doubled in it. */
  public static Optional<FileName> parse(String asked) {
    if (asked.length() > LONGEST) {
      return Optional.empty();
    }
    List<String> parts =
        Arrays.stream(asked.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    if (parts.isEmpty() || parts.size() > 2 || asked.endsWith("/")) {
      return Optional.empty();
    }
    Optional<BootFiles.Kind> kind =
        Stream.of(BootFiles.Kind.values())
            .filter(each -> each.fileName().equals(parts.get(parts.size() - 1)))
            .findFirst();
    if (parts.size() == 1) {
      return kind.map(what -> new FileName(Optional.empty(), what));
    }
    return kind.flatMap(what -> mac(parts.get(0)).map(mac -> new FileName(Optional.of(mac), what)));
  }

  private static Optional<MacAddress> mac(String text) {
    try {
      return Optional.of(MacAddress.parse(text));
    } catch (ZbootException e) {
      return Optional.empty();
    }
  }
}
