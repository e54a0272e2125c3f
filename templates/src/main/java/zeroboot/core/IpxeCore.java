package zeroboot.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.spec.BootPath;

/**
 * One build of iPXE, checked for what an image needs of it.
 *
 * @param version as iPXE prints it, {@code 1.21.1+git20250501.dad20602+dfsg-1}
 * @param origin where it comes from, for receipts: a package with its version, or a path
 * @param files for each way of booting: {@code ipxe.lkrn}, iPXE as a Linux-protocol kernel for BIOS
 *     machines, and {@code ipxe.efi} for x86-64 UEFI machines
 * @param chainedFile the UEFI file that drives the card it came by, and no other, through the
 *     firmware's own driver, if the package has one of the same build
 * @param isChained whether that one is the UEFI file here
 * @param canSetTime whether it has the {@code ntp} command (iPXE 2.0.0 brought it to UEFI)
 * @param isPinned whether it trusts another root than iPXE's own, and has to be told to trust none
 *     of the firmware's besides
 * @param knowsEcdsa whether it takes servers' certificates with keys on elliptic curves
 */
public record IpxeCore(
    String version,
    String origin,
    Map<BootPath, CoreFile> files,
    Optional<CoreFile> chainedFile,
    boolean isChained,
    boolean canSetTime,
    boolean isPinned,
    boolean knowsEcdsa) {
  /** Refuses a core without a file for one of the ways. */
  public IpxeCore {
    files = Map.copyOf(files);
    for (BootPath path : BootPath.values()) {
      if (!files.containsKey(path)) {
        throw new IllegalArgumentException(origin + " has nothing for " + path);
      }
    }
  }

  /** The file for one way. */
  public CoreFile file(BootPath path) {
    return Objects.requireNonNull(files.get(path));
  }

  /** The SHA-256 of the file for one way. */
  public String sha256(BootPath path) {
    return file(path).sha256();
  }

  /** For the notes that are kept beside the files: a line for each, {@code lkrn-sha256=…}. */
  List<String> hashes() {
    List<String> lines = new ArrayList<>();
    for (BootPath path : BootPath.values()) {
      lines.add(CoreFile.sha256Key(path) + "=" + sha256(path));
    }
    chainedFile.ifPresent(file -> lines.add(CoreFile.CHAINED_SHA256 + "=" + file.sha256()));
    return lines;
  }

  /** The bytes of the BIOS file; not to be changed. */
  public byte[] lkrn() {
    return file(BootPath.BIOS).bytes();
  }

  /** The bytes of the UEFI file; not to be changed. */
  public byte[] efi() {
    return file(BootPath.UEFI_X64).bytes();
  }

  /** {@link #of(String, Map)} of these two files. */
  public static IpxeCore of(String origin, byte[] lkrn, byte[] efi) {
    return of(origin, Map.of(BootPath.BIOS, lkrn, BootPath.UEFI_X64, efi));
  }

  /**
   * A core whose version is read from its UEFI file.
   *
   * @param bytes of its file for each way
   * @throws ZbootException (settings) if zboot could not boot it; also if there is a script in its
   *     UEFI file, which would run instead
   */
  public static IpxeCore of(String origin, Map<BootPath, byte[]> bytes) {
    Map<BootPath, CoreFile> files = new EnumMap<>(BootPath.class);
    bytes.forEach((path, file) -> files.put(path, CoreFile.of(path, origin, file)));
    byte[] efi = Objects.requireNonNull(bytes.get(BootPath.UEFI_X64));
    CoreCheck.checkHasNoScript(origin, efi);
    return new IpxeCore(
        CoreCheck.version(efi),
        origin,
        files,
        Optional.empty(),
        false,
        CoreCheck.hasCommand(efi, "ntp"),
        isPinned(efi),
        CoreCheck.knowsEcdsa(efi));
  }

  private static boolean isPinned(byte[] efi) {
    return !TrustRoot.isIpxes(efi) && CoreCheck.hasCommand(efi, CoreCheck.FORGET_ROOTS);
  }

  /**
   * This core with its file for one card, unless that is none, or of another build: what is known
   * of one has to be true of the other.
   */
  IpxeCore withChained(byte[] file) {
    try {
      IpxeCore alike = of(origin, Map.of(BootPath.BIOS, lkrn(), BootPath.UEFI_X64, file));
      boolean isSameBuild =
          alike.version.equals(version)
              && alike.canSetTime == canSetTime
              && alike.isPinned == isPinned
              && alike.knowsEcdsa == knowsEcdsa;
      return isSameBuild ? with(Optional.of(alike.file(BootPath.UEFI_X64))) : this;
    } catch (ZbootException e) {
      return this;
    }
  }

  private IpxeCore with(Optional<CoreFile> chained) {
    return new IpxeCore(
        version, origin, files, chained, isChained, canSetTime, isPinned, knowsEcdsa);
  }

  /**
   * The core whose UEFI file drives no card but the one that it came by, through the firmware's own
   * driver: for machines whose card iPXE's drivers do not get on with. It boots from the network
   * alone.
   */
  public Optional<IpxeCore> chained() {
    return chainedFile.map(
        file -> {
          Map<BootPath, CoreFile> other = new EnumMap<>(files);
          other.put(BootPath.UEFI_X64, file);
          String name = origin + ", " + CoreFile.CHAINED;
          return new IpxeCore(
              version, name, other, Optional.empty(), true, canSetTime, isPinned, knowsEcdsa);
        });
  }

  /** The version that the BIOS file states; it should be {@link #version}. */
  public String lkrnVersion() {
    return version(BootPath.BIOS, lkrn());
  }

  /** This core with other files, and none that is chained. */
  IpxeCore with(Map<BootPath, byte[]> changed) {
    Map<BootPath, CoreFile> other = new EnumMap<>(files);
    changed.forEach((path, file) -> other.put(path, CoreFile.of(path, origin, file)));
    byte[] efi = Objects.requireNonNull(other.get(BootPath.UEFI_X64)).bytes();
    return new IpxeCore(
        version, origin, other, Optional.empty(), isChained, canSetTime, isPinned(efi), knowsEcdsa);
  }

  /** The version that a core's file for {@code path} states, or {@code unknown}. */
  public static String version(BootPath path, byte[] file) {
    return switch (path) {
      case BIOS -> CoreCheck.lkrnVersion(file);
      case UEFI_X64 -> CoreCheck.version(file);
    };
  }

  /**
   * Whether a UEFI file is an iPXE, of whatever version, machine and maker: it knows the first word
   * of its scripts, and names its home. It may as well be another program that carries one.
   */
  public static boolean isIpxe(byte[] efi) {
    return CoreCheck.isIpxe(efi);
  }
}
