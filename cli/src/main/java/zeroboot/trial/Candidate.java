package zeroboot.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootParts;
import zeroboot.image.BootPath;
import zeroboot.image.UsbImage;
import zeroboot.image.plan.FileTree;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.netboot.DhcpConfigs;
import zeroboot.script.ImageId;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;
import zeroboot.spec.TargetFirmware;

/**
 * Something that zboot made, and how a machine with one firmware boots it.
 *
 * @param file as it was named: an image, a stick, a script, or a folder for a boot server
 * @param medium what that machine runs
 */
record Candidate(Path file, Medium medium) {
  /**
   * What {@code file} holds for this firmware, if it boots there.
   *
   * @throws ZbootException if it is none of zboot's, or damaged
   */
  static Optional<Candidate> of(Path file, TargetFirmware firmware) {
    Path inside = file;
    if (Files.isDirectory(file)) {
      inside = file.resolve(serverFile(firmware));
      if (!Files.exists(file.resolve(DhcpConfigs.BIOS_FILE))
          && !Files.exists(file.resolve(DhcpConfigs.UEFI_FILE))) {
        throw ZbootException.usage(
            file.toString(),
            "is a folder without the files of zboot netboot",
            "name an image, or a folder that zboot netboot made");
      }
      if (!Files.exists(inside)) {
        return Optional.empty();
      }
    }
    Verdict verdict;
    try (ByteSource source = ByteSource.open(inside)) {
      verdict = Judge.of(source, List.of(BundledCore.load()));
    }
    Medium medium = verdict.facts().medium().orElseThrow();
    if (medium instanceof Medium.Foreign) {
      throw ZbootException.settings(
          file.toString(),
          "was not made by zboot, so nobody knows what its screen should show",
          "zboot inspect " + file + " says what it is");
    }
    if (!verdict.damage().isEmpty()) {
      throw ZbootException.settings(
          file.toString(), verdict.damage().get(0).what(), "do not use it; make the image again");
    }
    boolean boots = medium.on(BootPath.of(firmware)).isPresent();
    return boots ? Optional.of(new Candidate(file, medium)) : Optional.empty();
  }

  private static String serverFile(TargetFirmware firmware) {
    return firmware.bios() ? DhcpConfigs.BIOS_FILE : DhcpConfigs.UEFI_FILE;
  }

  /** How QEMU boots it; makes what files it needs in {@code scratch}. */
  Bootable bootable(TargetFirmware firmware, Scratch scratch) {
    Path path = file.toAbsolutePath();
    if (Files.isDirectory(file)) {
      return new Bootable.Network(path, serverFile(firmware));
    }
    if (medium instanceof Medium.Surrounded) {
      return new Bootable.Stick(path);
    }
    if (medium instanceof Medium.Image image) {
      return switch (image.form().start()) {
        case CD -> new Bootable.Cd(path);
        case DISK -> new Bootable.Stick(path);
        case KERNEL -> new Bootable.Kernel(path);
        case UEFI_FILE -> new Bootable.Stick(scratch.file("stick.img", stickWith(path)));
      };
    }
    return new Bootable.KernelWithRamDisk(
        scratch.file("ipxe.lkrn", BundledCore.load().lkrn()), path);
  }

  /** A stick with the file where UEFI firmware looks for it, and nothing else. */
  private static byte[] stickWith(Path efi) {
    byte[] bytes;
    try (ByteSource source = ByteSource.open(efi)) {
      bytes = source.read(0, ByteSource.BUDGET);
    }
    FileTree tree = FileTree.of(Map.of(BootParts.UEFI_FILE, bytes));
    return UsbImage.make(new BootParts(tree, Optional.empty(), ImageId.of("zboot try"))).bytes();
  }

  /** What it was made for; empty if this version of zboot cannot read that. */
  Optional<Purpose> purpose(TargetFirmware firmware, Optional<String> node) {
    Optional<Medium.Half> half = medium.on(BootPath.of(firmware));
    try {
      ScriptSettings settings = ScriptSettings.read("script", half.orElseThrow().script());
      return Optional.of(Purpose.of(settings.rack("script"), settings.imageId(), node));
    } catch (ZbootException e) {
      if (e.kind() == ZbootException.Kind.USAGE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What one machine shall do. */
  record Purpose(Expected expected, GuestNetwork network) {
    private static Purpose of(Rack rack, String imageId, Optional<String> node) {
      if (node.isEmpty()) {
        return new Purpose(
            Expected.of(rack.defaults(), imageId),
            GuestNetwork.of(rack.defaults(), Optional.empty()));
      }
      RackNode found =
          rack.nodes().stream()
              .filter(one -> one.name().value().equalsIgnoreCase(node.get()))
              .findFirst()
              .orElseThrow(
                  () ->
                      ZbootException.usage(
                          "--node " + node.get(),
                          "the image holds no node of this name",
                          "zboot inspect lists its nodes"));
      return new Purpose(
          Expected.of(found.spec(), imageId),
          GuestNetwork.of(found.spec(), Optional.of(found.mac())));
    }
  }
}
