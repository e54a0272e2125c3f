package zeroboot.image.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.Sha256;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootParts;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.bios.BiosBlob;
import zeroboot.image.bios.BiosBlobReader;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.fat.FatBootSector;
import zeroboot.image.fat.FatVolume;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.CatalogEntries;
import zeroboot.image.iso.IsoLayout;
import zeroboot.image.iso.IsoVolume;
import zeroboot.image.pe.PeSigners;
import zeroboot.image.plan.Extent;
import zeroboot.image.read.Defect.Fault;
import zeroboot.image.uefi.SealedEfi;
import zeroboot.spec.BootPath;

/**
 * Reads the forms whose first sector a BIOS starts, or whose partition table a UEFI firmware reads:
 * ISO, USB image, BIOS kernel file. Each half is read by the way that its firmware goes; a half
 * that cannot be read is a defect of the medium, as long as the other one can.
 */
final class DiskReader {
  private static final String RECORD_FILE = "ZBOOT.JSN";

  private final String name;
  private final long size;
  private final byte[] head;
  private final SpecReader image;
  private final List<Defect> defects = new ArrayList<>();
  private final List<MediumPartition> partitions = new ArrayList<>();
  private final List<Extent> inside = new ArrayList<>();
  private final Map<BootPath, Medium.Half> halves = new EnumMap<>(BootPath.class);
  private Optional<byte[]> record = Optional.empty();
  private Optional<Extent> fat = Optional.empty();
  private List<Extent> biosCode = List.of();
  private boolean ours;

  private DiskReader(ByteSource source, byte[] head) {
    name = source.name();
    size = source.size();
    this.head = head;
    image = SpecReader.of(name, head);
  }

  /**
   * The medium, if it is one of zboot's.
   *
   * @throws ZbootException if it is, but neither half can be read
   */
  static Optional<Medium> read(ByteSource source, byte[] head) {
    return new DiskReader(source, head).read();
  }

  private Optional<Medium> read() {
    if (head.length < Units.SECTOR) {
      return Optional.empty();
    }
    Form form = Forms.of(head).orElseThrow();
    BiosBlobReader.find(head).ifPresent(at -> readBios());
    if (form.start().isDisk()) {
      readPartitions();
    }
    if (!ours || (halves.isEmpty() && isRewritten())) {
      return Optional.empty();
    }
    if (halves.isEmpty()) {
      String what = defects.isEmpty() ? "no boot code in it" : defects.get(0).says();
      throw ZbootException.settings(name, "is damaged: " + what, "make the image again");
    }
    Optional<IsoVolume> volume = form.start() == Form.Start.CD ? readIso() : Optional.empty();
    return Optional.of(medium(form, volume));
  }

  /** Made anew by another program, which keeps the system area and moves the boot files. */
  private boolean isRewritten() {
    return CatalogEntries.in(head).map(CatalogEntries::entries).orElse(List.of()).stream()
        .map(CatalogEntries.Entry::offset)
        .anyMatch(at -> BiosBlobReader.madeFor(head, at).orElse(at) != at);
  }

  private void readBios() {
    ours = true;
    try {
      BiosBlobReader.Parts parts = BiosBlobReader.read(name, head);
      BiosBlob blob = BiosBlob.of(parts.stage(), parts.lkrn(), parts.script());
      Extent place = new Extent(BootParts.region(BootPath.BIOS), parts.offset(), parts.size());
      inside.addAll(blob.views(place, parts.gap()));
      biosCode = parts.gap().apart(place, place);
      halves.put(
          BootPath.BIOS,
          new Medium.Half(
              new String(parts.script(), StandardCharsets.ISO_8859_1),
              parts.stage(),
              parts.lkrn(),
              biosCode.get(0),
              List.of()));
    } catch (ZbootException e) {
      defect("BIOS part", e);
    }
  }

  private void readPartitions() {
    try {
      partitions.addAll(
          GptReader.isAnnounced(image)
              ? new GptReader(ByteSource.of(name, head), image).partitions()
              : MbrPartitions.of(image));
    } catch (ZbootException e) {
      defect("Partition table", e);
      return;
    }
    if (!partitions.isEmpty()) {
      readFat(partitions.get(0));
    }
  }

  private void readFat(MediumPartition partition) {
    if (partition.offset() + Units.SECTOR > head.length) {
      return;
    }
    SpecReader rest = image.part(name, partition.offset(), head.length - partition.offset());
    boolean named = FatBootSector.isNamed(rest, BootParts.VOLUME_NAME);
    try {
      FatVolume volume = FatVolume.read(rest);
      fat =
          Optional.of(
              new Extent("FAT file system", partition.offset(), volume.bootSector().size()));
      readUefi(partition, volume);
      FatVolume.FatFile json = volume.files().get(RECORD_FILE);
      record = Optional.ofNullable(json).map(FatVolume.FatFile::content);
    } catch (ZbootException e) {
      ours |= named;
      defect("FAT file system", e);
    }
  }

  private void readUefi(MediumPartition partition, FatVolume volume) {
    if (!ours && !volume.label().equals(BootParts.VOLUME_NAME)) {
      return; // a file system of somebody's own
    }
    volume.files().forEach((path, file) -> addView(partition, path, file));
    FatVolume.FatFile file = volume.files().get(BootParts.UEFI_FILE);
    boolean forUefi = partition.isEfiSystem();
    ours |= file != null || forUefi;
    if (file == null) {
      if (forUefi) {
        defect(
            Fault.NO_UEFI_FILE,
            BootParts.UEFI_FILE + " is missing: UEFI machines do not boot this");
      }
      return;
    }
    if (!SealedEfi.claims(file.content())) {
      defect(
          Fault.NO_UEFI_FILE,
          BootParts.UEFI_FILE + " is none of zboot's: UEFI machines run something else");
      return;
    }
    try {
      SealedEfi.Content content = SealedEfi.read(BootParts.UEFI_FILE, file.content());
      Extent place = addView(partition, BootParts.UEFI_FILE, file);
      content.views().forEach(view -> inside.add(view.within(place)));
      halves.put(
          BootPath.UEFI_X64,
          new Medium.Half(
              content.script(),
              content.loader(),
              content.core(),
              place,
              PeSigners.of(file.content())));
    } catch (ZbootException e) {
      defect("UEFI part", e);
    }
  }

  /** Where a file lies, if its clusters follow each other; they do in what zboot makes. */
  private Extent addView(MediumPartition partition, String path, FatVolume.FatFile file) {
    byte[] content = file.content();
    long first = file.clusterOffsets().isEmpty() ? 0 : file.clusterOffsets().get(0);
    Extent place = new Extent(path, partition.offset() + first, content.length);
    boolean whole =
        place.end() <= head.length
            && Arrays.equals(
                head, (int) place.offset(), (int) place.end(), content, 0, content.length);
    if (whole && !inside.contains(place)) {
      inside.add(place);
    }
    return place;
  }

  /**
   * The ISO's own structures, and whether its boot catalog leads where the partition table does.
   */
  private Optional<IsoVolume> readIso() {
    try {
      IsoVolume volume = IsoVolume.read(image);
      Optional<BootCatalog> catalog = volume.bootCatalog();
      if (catalog.isEmpty()) {
        defect(
            Fault.NO_BOOT_CATALOG,
            "The ISO has no El Torito boot catalog: it does not boot as a CD");
      }
      catalog.ifPresent(one -> defects.addAll(CatalogCheck.of(one, this::started)));
      return Optional.of(volume);
    } catch (ZbootException e) {
      defect("ISO 9660", e);
      return Optional.empty();
    }
  }

  /** What a boot catalog points at: UEFI firmware looks for its file in a file system. */
  private Optional<Extent> started(BootPath path) {
    return path == BootPath.BIOS ? place(path) : place(path).flatMap(file -> fat);
  }

  private Optional<Extent> place(BootPath path) {
    return Optional.ofNullable(halves.get(path)).map(Medium.Half::place);
  }

  private Medium medium(Form form, Optional<IsoVolume> volume) {
    long end = fat.map(Extent::end).orElse(0L);
    for (Extent part : biosCode) {
      end = Math.max(end, part.end());
    }
    for (MediumPartition partition : partitions) {
      end = Math.max(end, partition.offset() + partition.length());
    }
    end = Math.max(end, volume.map(IsoVolume::size).orElse(0L));
    List<Extent> structures = structures(form);
    for (Extent structure : structures) {
      end = Math.max(end, structure.end());
    }
    if (end > size) {
      defect(Fault.CUT_SHORT, "It is cut short: " + size + " bytes of " + end);
      end = size;
    }
    Claims claims = new Claims(end);
    biosCode.forEach(claims::extent);
    structures.forEach(claims::extent);
    fat.ifPresent(claims::extent);
    volume.ifPresent(
        v -> claims.extent("ISO 9660 structures", IsoLayout.SYSTEM_AREA, structures(v)));
    claims.views(inside);
    boolean whole = end <= head.length;
    return new Medium.Image(
        new Medium.Source(name, size),
        form,
        end,
        whole ? Optional.of(Sha256.hex(Arrays.copyOf(head, (int) end))) : Optional.empty(),
        halves,
        record,
        partitions,
        claims.layout(),
        defects);
  }

  private List<Extent> structures(Form form) {
    try {
      return form.structures(image);
    } catch (ZbootException e) {
      defect("Partition table", e);
      return List.of();
    }
  }

  /** From the volume descriptors to the first thing behind the directories and the catalog. */
  private long structures(IsoVolume volume) {
    long end = volume.size();
    for (Extent file : volume.files().values()) {
      boolean behind = file.length() > 0 && file.offset() >= IsoLayout.SYSTEM_AREA;
      end = behind ? Math.min(end, file.offset()) : end;
    }
    return Math.max(0, end - IsoLayout.SYSTEM_AREA);
  }

  private void defect(String part, ZbootException e) {
    // That it is damaged, the kind says, and the line where this is all there is.
    String found = e.foundIn(name).replaceFirst("(^|: )is damaged: ", "$1");
    defect(Fault.DAMAGED, part + ": " + found);
  }

  private void defect(Fault kind, String says) {
    defects.add(new Defect(kind, says));
  }
}
