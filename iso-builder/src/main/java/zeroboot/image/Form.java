package zeroboot.image;

import java.util.List;
import java.util.Optional;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.plan.Extent;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Rack;
import zeroboot.spec.TargetFirmware;

/**
 * A shape in which a medium can come as one file: how it is made, and how it is recognised. Each is
 * a class beside this one, and is listed in {@link Forms}.
 */
public abstract class Form {
  /** The option of {@code usb} and {@code write} that tells disk images apart. */
  public static final String TABLE = "--table";

  /** What starts a medium of a form. */
  public enum Start {
    /** Firmware, from a CD; from a stick it also boots. */
    CD,
    /** Firmware, from a stick or disk. */
    DISK,
    /** A boot loader or a network ROM of a BIOS machine. */
    KERNEL,
    /** UEFI firmware, from a file system or a network. */
    UEFI_FILE;

    /** Whether firmware boots a stick on which the medium was written. */
    public boolean isDisk() {
      return this == CD || this == DISK;
    }
  }

  /** What its beginning is known by, the surest first: in this order the forms are asked. */
  public enum Mark {
    /** Words that its format alone has: the descriptor of a file system, of a container. */
    FORMAT,
    /** Our boot code, where its medium starts. */
    BOOT_CODE,
    /** The kind of its partition table. */
    PARTITION_TABLE,
    /** The headers of a program. */
    PROGRAM,
    /** Nothing: what is none of the others. */
    NOTHING
  }

  private final String name;
  private final List<String> command;
  private final String title;
  private final String extension;
  private final TargetFirmware firmware;
  private final Start start;
  private final Mark mark;

  /**
   * A form.
   *
   * @param name that people and receipts use
   * @param command by which a user asks for it, behind {@code zboot}: {@code iso}; one that {@code
   *     usb} makes names its partition table, as {@code usb --table mbr}
   * @param title for sentences, with its article: {@code an ISO image}
   * @param extension of its files, without the dot
   * @param firmware all that it can boot
   */
  Form(
      String name,
      String command,
      String title,
      String extension,
      TargetFirmware firmware,
      Start start,
      Mark mark) {
    this.name = name;
    this.command = List.of(command.split(" ", -1));
    this.title = title;
    this.extension = extension;
    this.firmware = firmware;
    this.start = start;
    this.mark = mark;
  }

  /** The name that people and receipts use: {@code iso}, {@code usb}, {@code efi}, {@code lkrn}. */
  public final String shown() {
    return name;
  }

  /** What a user says behind {@code zboot} to have it made: {@code usb}, {@code --table}, … */
  public final List<String> command() {
    return command;
  }

  /** The partition table by which a user asks for it; empty if another word names the form. */
  public final Optional<String> table() {
    return command.contains(TABLE)
        ? Optional.of(command.get(command.size() - 1))
        : Optional.empty();
  }

  /** For sentences: {@code ISO image}. */
  public final String title() {
    return title.substring(title.indexOf(' ') + 1);
  }

  /** For sentences: {@code an ISO image}. */
  public final String titleWithArticle() {
    return title;
  }

  /** All that this form can boot; {@link TargetFirmware#BOTH} leaves the choice. */
  public final TargetFirmware firmware() {
    return firmware;
  }

  /** Whether a medium of this form can be made for {@code chosen}. */
  public final boolean isFor(TargetFirmware chosen) {
    return firmware == TargetFirmware.BOTH || firmware == chosen;
  }

  /** What starts it. */
  public final Start start() {
    return start;
  }

  /** What it is known by. */
  public final Mark mark() {
    return mark;
  }

  /** The image; {@link ImageMaker} is how others come here. */
  abstract BootImage make(ImageContents contents);

  /**
   * Whether a medium that begins so would be of this form, if it is one of zboot's at all and no
   * form with a surer {@link Mark} claims it.
   *
   * @param head the first bytes of the medium, 512 at least
   */
  public abstract boolean recognises(byte[] head);

  /**
   * What is on a medium of this form beside boot codes, partitions and what is in them, as far as
   * its own structures say.
   *
   * @param head the first bytes of the medium
   * @throws zeroboot.ground.ZbootException if they are damaged
   */
  public List<Extent> structures(SpecReader head) {
    return List.of();
  }

  /**
   * What the file is called when nobody says otherwise: {@code zboot-farm4242-main.iso}, with the
   * node's name or {@code -rack} where there is one, {@code zboot-provision.iso} without a farm.
   */
  public final String fileName(Rack rack) {
    return fileName(rack, firmware);
  }

  /** The same for a chosen firmware: {@code zboot-farm4242-main-bios.iso}. */
  public final String fileName(Rack rack, TargetFirmware chosen) {
    String only = chosen == firmware ? "" : "-" + chosen.shown();
    return baseName(rack) + only + "." + extension;
  }

  private static String baseName(Rack rack) {
    BootSpec spec = rack.defaults();
    StringBuilder name = new StringBuilder("zboot");
    spec.farmId()
        .ifPresentOrElse(
            farm -> name.append("-farm").append(farm).append('-').append(spec.network().shown()),
            () -> name.append("-provision"));
    spec.node().ifPresent(node -> name.append('-').append(node));
    if (!rack.nodes().isEmpty()) {
      name.append("-rack");
    }
    return name.toString();
  }

  @Override
  public final String toString() {
    return name;
  }
}
