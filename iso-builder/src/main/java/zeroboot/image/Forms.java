package zeroboot.image;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import zeroboot.spec.BootPath;

/** Every form that there is. */
public final class Forms {
  /** A CD image that also boots when it is written to a stick. */
  public static final Form ISO = new IsoForm();

  /** A disk image for a USB stick, with a master boot record. */
  public static final Form USB = new UsbForm();

  /** The same with a GUID partition table. */
  public static final Form USB_GPT = new UsbGptForm();

  /** One sealed UEFI file: for {@code EFI/BOOT/BOOTX64.EFI}, UEFI PXE and HTTP boot. */
  public static final Form EFI = new EfiForm();

  /** One kernel file for the boot loaders of BIOS machines, and for BIOS PXE. */
  public static final Form LKRN = new LkrnForm();

  /** All of them, in the order in which they are listed. */
  public static final List<Form> ALL = List.of(ISO, USB, USB_GPT, EFI, LKRN);

  /** What the firmware of one way starts, as a file of its own. */
  public static Form alone(BootPath path) {
    return switch (path) {
      case BIOS -> LKRN;
      case UEFI_X64 -> EFI;
    };
  }

  /** For who reads a medium; who makes one need not sort them. */
  private static final class Recognition {
    /** In the order in which they are asked whether a medium is theirs: the surest mark first. */
    static final List<Form> BY_MARK =
        ALL.stream().sorted(Comparator.comparing(Form::mark)).toList();
  }

  private Forms() {}

  /** The form of this name, in lower case. */
  public static Optional<Form> named(String name) {
    return ALL.stream().filter(form -> form.shown().equals(name)).findFirst();
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(Form::shown).toList();
  }

  /**
   * The form that a medium would have that begins so.
   *
   * @param head the first bytes of the medium, 512 at least
   */
  public static Optional<Form> of(byte[] head) {
    return Recognition.BY_MARK.stream().filter(form -> form.recognises(head)).findFirst();
  }
}
