package zeroboot.trial;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.ground.ZbootException;

/**
 * QEMU and its UEFI firmware, wherever this computer's distribution puts them.
 *
 * @param searchPath of programs
 * @param root of the file system, for tests
 */
public record QemuFiles(List<Path> searchPath, Path root) {
  private static final String PROGRAM = "qemu-system-x86_64";

  /** Fedora and its relatives keep the only QEMU they have outside of the search path. */
  private static final String ELSEWHERE = "usr/libexec/qemu-kvm";

  /** Code and variables of OVMF without Secure Boot, as built for x86-64. */
  private static final List<List<String>> OVMF =
      List.of(
          // Debian, Ubuntu; older releases
          List.of("usr/share/OVMF/OVMF_CODE_4M.fd", "usr/share/OVMF/OVMF_VARS_4M.fd"),
          List.of("usr/share/OVMF/OVMF_CODE.fd", "usr/share/OVMF/OVMF_VARS.fd"),
          // Fedora, RHEL
          List.of("usr/share/edk2/ovmf/OVMF_CODE.fd", "usr/share/edk2/ovmf/OVMF_VARS.fd"),
          // Arch Linux, Gentoo
          List.of("usr/share/edk2/x64/OVMF_CODE.4m.fd", "usr/share/edk2/x64/OVMF_VARS.4m.fd"),
          List.of("usr/share/edk2-ovmf/x64/OVMF_CODE.fd", "usr/share/edk2-ovmf/x64/OVMF_VARS.fd"),
          List.of("usr/share/edk2/OvmfX64/OVMF_CODE.fd", "usr/share/edk2/OvmfX64/OVMF_VARS.fd"),
          // openSUSE
          List.of("usr/share/qemu/ovmf-x86_64-code.bin", "usr/share/qemu/ovmf-x86_64-vars.bin"),
          // QEMU's own
          List.of("usr/share/qemu/edk2-x86_64-code.fd", "usr/share/qemu/edk2-i386-vars.fd"),
          List.of(
              "usr/local/share/qemu/edk2-x86_64-code.fd", "usr/local/share/qemu/edk2-i386-vars.fd"),
          List.of(
              "opt/homebrew/share/qemu/edk2-x86_64-code.fd",
              "opt/homebrew/share/qemu/edk2-i386-vars.fd"));

  /** Where programs are on this computer. */
  public static QemuFiles of(Map<String, String> environment) {
    List<Path> searchPath = new ArrayList<>();
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      folder(folder).ifPresent(searchPath::add);
    }
    return new QemuFiles(searchPath, Path.of("/"));
  }

  private static Optional<Path> folder(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty(); // no folder of this system has such a name
    }
  }

  /**
   * QEMU for PCs.
   *
   * @throws ZbootException (I/O) if it is not there
   */
  public Path program() {
    List<Path> places = new ArrayList<>();
    searchPath.forEach(folder -> places.add(folder.resolve(PROGRAM)));
    places.add(root.resolve(ELSEWHERE));
    return places.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                ZbootException.io(
                    "QEMU",
                    PROGRAM + " is not installed",
                    "on Debian and Ubuntu: sudo apt install --no-install-recommends qemu-system-x86"
                        + " ovmf"));
  }

  /** A UEFI firmware: its code, and the variables that a new machine starts with. */
  public record Ovmf(Path code, Path variables) {}

  /**
   * OVMF.
   *
   * @throws ZbootException (I/O) if it is not there
   */
  public Ovmf ovmf() {
    Optional<Ovmf> found =
        OVMF.stream()
            .map(pair -> new Ovmf(root.resolve(pair.get(0)), root.resolve(pair.get(1))))
            .filter(pair -> Files.isReadable(pair.code()) && Files.isReadable(pair.variables()))
            .findFirst();
    return found.orElseThrow(
        () ->
            ZbootException.io(
                "OVMF",
                "QEMU's UEFI firmware is not installed",
                "on Debian and Ubuntu: sudo apt install ovmf;"
                    + " or add --firmware bios to try that half alone"));
  }

  /** Where Linux lets programs use the processor's virtualisation. */
  Path kvmDevice() {
    return root.resolve("dev/kvm");
  }
}
