package zeroboot.script;

import java.nio.charset.StandardCharsets;

/**
 * The iPXE script that every form of a medium carries.
 *
 * @param text ASCII, lines end with a line feed, starts with {@code #!ipxe}
 * @param imageId names this script on its core
 */
public record BootScript(String text, ImageId imageId) {
  /** Refuses text that a boot code could not carry: UEFI gets it as UCS-2, BIOS as bytes. */
  public BootScript {
    if (!text.startsWith("#!ipxe\n") || !text.endsWith("\n")) {
      throw new IllegalArgumentException("not an iPXE script");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && (c < 0x20 || c > 0x7E)) {
        throw new IllegalArgumentException(String.format("character U+%04X at %d", (int) c, i));
      }
    }
  }

  /** The script as a BIOS machine gets it. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
