package zeroboot.signing.efi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import zeroboot.ground.Guid;
import zeroboot.ground.ZbootException;
import zeroboot.image.pe.PeImage;
import zeroboot.image.plan.Extent;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.FoundFile;
import zeroboot.image.read.Medium;
import zeroboot.image.read.MediumReader;
import zeroboot.signing.keys.Fingerprint;
import zeroboot.signing.keys.SigningKey;

/**
 * What firmware is to start no more, whoever signed it: an addition to {@code dbx} (UEFI
 * specification 2.10, section 32.5.3.3).
 *
 * @param items each hash once, in the order in which the files were named
 */
public record Revocation(List<Item> items) {
  private static final String CORE = "the signed iPXE in it";
  private static final String WHOLE = "its whole UEFI file";

  /**
   * One image that is shut out.
   *
   * @param file where it was found
   * @param what of that file it is, for people
   * @param sha256 its Authenticode digest, lower-case hexadecimal: the same with any signature
   */
  public record Item(String file, String what, String sha256) {}

  /** Drops what is there already. */
  public Revocation {
    List<Item> once = new ArrayList<>();
    for (Item item : items) {
      if (once.stream().noneMatch(other -> other.sha256().equals(item.sha256()))) {
        once.add(item);
      }
    }
    items = List.copyOf(once);
  }

  /**
   * What a file holds that has to be shut out: of an image of zboot's the iPXE in it, if that is
   * signed and so starts alone; a UEFI file of anybody else's itself.
   *
   * @param whole of an image of zboot's its whole UEFI file, so that this very image no longer
   *     boots
   * @throws ZbootException (settings) if there is nothing of the kind in it
   */
  public static List<Item> of(String name, byte[] file, boolean whole) {
    ByteSource source = ByteSource.of(name, file);
    Medium medium = MediumReader.read(source);
    boolean bare = medium.uefi().isEmpty() && file.length > 2 && file[0] == 'M' && file[1] == 'Z';
    return bare ? List.of(item(name, "the file", file)) : of(source, medium, whole);
  }

  /** The same for a device with an image on it. */
  public static List<Item> of(ByteSource device, boolean whole) {
    return of(device, MediumReader.read(device), whole);
  }

  private static List<Item> of(ByteSource source, Medium medium, boolean whole) {
    return medium
        .uefi()
        .map(uefi -> ofZboots(source, medium, uefi, whole))
        .orElseThrow(
            () ->
                ZbootException.settings(
                    source.name(),
                    "holds no UEFI file of zboot's",
                    "name an image for UEFI machines, or a UEFI file itself"));
  }

  private static List<Item> ofZboots(
      ByteSource source, Medium medium, Medium.Half uefi, boolean whole) {
    List<Item> found = new ArrayList<>();
    if (!Authenticode.signatures("iPXE in " + source.name(), uefi.core()).isEmpty()) {
      found.add(item(source.name(), CORE, uefi.core()));
    }
    if (whole) {
      Extent place = uefi.place();
      byte[] file =
          medium
              .found()
              .map(FoundFile::content)
              .orElseGet(() -> source.read(place.offset(), (int) place.length()));
      found.add(item(source.name(), WHOLE, file));
    }
    if (found.isEmpty()) {
      throw ZbootException.settings(
          source.name(),
          "has no signed iPXE in it that would start alone, so there is nothing to shut out",
          "add --whole if this very image shall boot no more");
    }
    return found;
  }

  private static Item item(String file, String what, byte[] efi) {
    byte[] hash = PeHash.of(file, efi, PeImage.read(file, efi));
    return new Item(file, what, HexFormat.of().formatHex(hash));
  }

  /**
   * The files of the update: {@code dbx.esl}, the bare list, and {@code dbx.auth}, which adds it to
   * dbx with the signature of {@code kek}.
   *
   * @param time in full seconds; any, since an addition may be older than what is there
   */
  public SortedMap<String, byte[]> files(SigningKey kek, Instant time) {
    Guid owner = Guid.derivedFrom(Fingerprint.der(kek.certificate()));
    List<byte[]> hashes =
        items.stream().map(item -> HexFormat.of().parseHex(item.sha256())).toList();
    byte[] list = new EfiHashList(owner, hashes).toBytes();
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("dbx.esl", list);
    files.put("dbx.auth", AuthenticatedVariable.revoking(time, list).signedBy(kek));
    return files;
  }
}
