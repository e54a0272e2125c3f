package zeroboot.server.service;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zeroboot.image.Form;
import zeroboot.image.Forms;

/** What can be asked for: the first word of an address. */
enum MediaKind {
  /** A disk image. */
  USB("usb", Forms.USB, true),
  /** A CD image. */
  ISO("iso", Forms.ISO, true),
  /** One UEFI file. */
  UEFI("uefi", Forms.EFI, true),
  /** One BIOS kernel file. */
  KRN("krn", Forms.LKRN, true),
  /** The script alone. */
  IPXE("ipxe", null, true),
  /** A disk image for UEFI machines in old guides; ours boot both. */
  UEFIMG("uefimg", Forms.USB, false);

  private final String word;

  // A form has no state, but the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Optional<Form> form;

  private final boolean offered;

  MediaKind(String word, @Nullable Form form, boolean offered) {
    this.word = word;
    this.form = Optional.ofNullable(form);
    this.offered = offered;
  }

  static Optional<MediaKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** In addresses. */
  String word() {
    return word;
  }

  /** Its form; empty for the script. */
  Optional<Form> form() {
    return form;
  }

  /** Whether the page offers it. */
  boolean isOffered() {
    return offered;
  }

  /** Whether it goes onto a stick. */
  boolean isForSticks() {
    return form.filter(each -> each.start().isDisk()).isPresent();
  }
}
