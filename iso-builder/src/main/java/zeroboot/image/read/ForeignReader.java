package zeroboot.image.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.Sha256;
import zeroboot.ground.Units;
import zeroboot.ground.ZbootException;
import zeroboot.image.bios.LinuxKernel;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.fat.FatLabel;
import zeroboot.image.iso.BootCatalog;
import zeroboot.image.iso.CatalogEntries;
import zeroboot.image.iso.IsoSummary;
import zeroboot.image.iso.PrimaryVolumeDescriptor;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.pe.DataDirectory;
import zeroboot.image.pe.MachineTypes;
import zeroboot.image.pe.PeImage;
import zeroboot.image.pe.PeSigners;

/** Says of other people's files and devices what is seen from outside. */
final class ForeignReader {
  /** As much of a boot image as its loader and its file system are known by. */
  private static final int FIRST_BYTES = 2 * PrimaryVolumeDescriptor.BLOCK;

  /** In bytes; a signature with its certificates has a few thousand. */
  private static final int MOST_CERTIFICATES = 1 << 20;

  private final ByteSource source;
  private final byte[] head;
  private final SpecReader image;
  private final List<Medium.Fact> facts = new ArrayList<>();
  private final List<MediumPartition> partitions = new ArrayList<>();
  private final List<Defect> defects = new ArrayList<>();

  ForeignReader(ByteSource source, byte[] head) {
    this.source = source;
    this.head = head;
    image = SpecReader.of(source.name(), head);
  }

  /**
   * What is seen.
   *
   * @throws ZbootException if that is nothing
   */
  Medium read() {
    FileTypes.of(head).ifPresent(type -> fact("type", type));
    attempt(this::iso);
    attempt(this::peImage);
    attempt(this::linuxKernel);
    FatLabel.of(image).ifPresent(volume -> fact("file system", volume));
    bootSector();
    attempt(this::partitionTable);
    UefiFileSearch search = uefiFiles();
    if (search.found().isPresent()) {
      FoundFile found = search.found().get();
      return new Medium.Surrounded(
          Medium.Source.of(source),
          MediumReader.efi(source, found.content()),
          found,
          partitions,
          facts,
          defects);
    }
    if (facts.isEmpty() && partitions.isEmpty()) {
      throw ZbootException.settings(
          source.name(),
          "holds nothing that zboot knows",
          "name a file that zboot made, a boot image, a kernel or a disk");
    }
    boolean whole = source.size() == head.length;
    return new Medium.Foreign(
        Medium.Source.of(source),
        whole ? Optional.of(Sha256.hex(head)) : Optional.empty(),
        search.damaged(),
        partitions,
        facts,
        defects);
  }

  /** A structure that is announced but damaged is told of; the search for others goes on. */
  private void attempt(Runnable look) {
    try {
      look.run();
    } catch (ZbootException e) {
      defects.add(new Defect(Defect.Fault.DAMAGED, e.found()));
    }
  }

  private void fact(String label, String text) {
    facts.add(new Medium.Fact(label, text));
  }

  private void iso() {
    if (!IsoSummary.isIso(image)) {
      return;
    }
    IsoSummary iso = IsoSummary.read(image);
    fact("type", "ISO 9660 image");
    fact("volume", iso.volumeId());
    if (!iso.applicationId().isEmpty()) {
      fact("made by", iso.applicationId());
    }
    if (iso.bytes() > source.size()) {
      defects.add(
          new Defect(
              Defect.Fault.CUT_SHORT,
              "It is cut short: " + source.size() + " bytes of " + iso.bytes()));
    }
    iso.bootCatalog().ifPresent(this::bootCatalog);
  }

  private void bootCatalog(long offset) {
    byte[] block = source.read(offset, BootCatalog.BYTES);
    BootCatalog catalog = BootCatalog.read(SpecReader.of("El Torito boot catalog", block));
    for (CatalogEntries.Entry entry : CatalogEntries.of(offset, catalog).entries()) {
      byte[] begins = source.read(entry.offset(), FIRST_BYTES);
      SpecReader volume = SpecReader.of("boot image", begins);
      Optional<String> what = BootLoaders.of(begins).or(() -> FatLabel.of(volume));
      fact("boots as a CD", entry.shown() + what.map(name -> ", " + name).orElse(""));
    }
  }

  /** What a BIOS starts from a disk. */
  private void bootSector() {
    if (MasterBootRecord.isMarked(image)) {
      BootLoaders.of(Arrays.copyOf(head, Units.SECTOR))
          .ifPresent(loader -> fact("boots as a disk", "BIOS from sector 0, " + loader));
    }
  }

  private void peImage() {
    if (!PeImage.isOne(image)) {
      return;
    }
    int size = (int) Math.min(source.size(), Integer.MAX_VALUE);
    PeImage pe = PeImage.read("PE image", head, size);
    fact("type", "PE image for " + MachineTypes.shown(pe.machine()));
    DataDirectory table = pe.certificates();
    List<String> signers =
        PeSigners.in(source.read(table.address(), Math.min(table.size(), MOST_CERTIFICATES)));
    signers.forEach(signer -> fact("signed by", signer));
    if (signers.isEmpty()) {
      fact("signed by", "nobody");
    }
  }

  private void linuxKernel() {
    LinuxKernel.describe(image)
        .ifPresent(
            kernel -> {
              fact("type", "Linux kernel, boot protocol " + kernel.protocol());
              kernel.version().ifPresent(version -> fact("version", version));
            });
  }

  private void partitionTable() {
    if (!MasterBootRecord.isMarked(image) || !looksLikeTable()) {
      return;
    }
    MasterBootRecord record = MasterBootRecord.read(image);
    if (GptReader.isThere(image)) {
      GptReader gptReader = new GptReader(source, image);
      fact("partition table", "GPT, disk " + gptReader.disk());
      partitions.addAll(gptReader.partitions());
      return;
    }
    if (FatLabel.of(image).isPresent()
        && record.partitions().stream().allMatch(one -> one.startingLba() == 0)) {
      return; // mtools and Windows make a volume without partitions look as if it had one
    }
    partitions.addAll(MbrPartitions.of(image));
    if (!partitions.isEmpty()) {
      fact("partition table", String.format("MBR, disk %08x", record.diskSignature()));
      firstFileSystem(partitions.get(0));
    }
  }

  private void firstFileSystem(MediumPartition first) {
    byte[] sector = source.read(first.offset(), Units.SECTOR);
    String loader = BootLoaders.of(sector).map(name -> ", starts " + name).orElse("");
    FatLabel.of(SpecReader.of("first partition", sector))
        .ifPresent(volume -> fact("partition " + first.number(), volume + loader));
  }

  /** What a UEFI firmware starts from a disk. */
  private UefiFileSearch uefiFiles() {
    UefiFileSearch search = new UefiFileSearch(source);
    if (partitions.isEmpty()) {
      search.lookInto(0, 0);
    }
    partitions.forEach(one -> search.lookInto(one.number(), one.offset()));
    facts.addAll(search.facts());
    defects.addAll(search.defects());
    return search;
  }

  /** Kernels and FAT volumes end their first sector with 55 AA too, and have no table before it. */
  private boolean looksLikeTable() {
    return MasterBootRecord.looksLikeTable(image) && !LinuxKernel.isOne(image);
  }
}
