package zeroboot.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.core.BundledCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.BootParts;
import zeroboot.image.UsbImage;
import zeroboot.image.plan.FileTree;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.netboot.DhcpConfigs;
import zeroboot.script.ImageId;
import zeroboot.script.ScriptSettings;
import zeroboot.spec.BootPath;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;

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
  static Optional<Candidate> of(Path file, BootPath path) {
    Path inside = file;
    if (Files.isDirectory(file)) {
      inside = file.resolve(DhcpConfigs.file(path));
      if (Arrays.stream(BootPath.values())
          .noneMatch(one -> Files.exists(file.resolve(DhcpConfigs.file(one))))) {
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
    boolean boots = medium.on(path).isPresent();
    return boots ? Optional.of(new Candidate(file, medium)) : Optional.empty();
  }

  /** How QEMU boots it; makes what files it needs in {@code scratch}. */
  Bootable bootable(BootPath path, Scratch scratch) {
    Path whole = file.toAbsolutePath();
    if (Files.isDirectory(file)) {
      return new Bootable.Network(whole, DhcpConfigs.file(path));
    }
    if (medium instanceof Medium.Surrounded) {
      return new Bootable.Stick(whole);
    }
    if (medium instanceof Medium.Image image) {
      return switch (image.form().start()) {
        case CD -> new Bootable.Cd(whole);
        case DISK -> new Bootable.Stick(whole);
        case KERNEL -> new Bootable.Kernel(whole);
        case UEFI_FILE -> new Bootable.Stick(scratch.file("stick.img", stickWith(whole)));
      };
    }
    return new Bootable.KernelWithRamDisk(
        scratch.file("ipxe.lkrn", BundledCore.load().lkrn()), whole);
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
  Optional<Purpose> purpose(BootPath path, Optional<String> node) {
    Optional<Medium.Half> half = medium.on(path);
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
