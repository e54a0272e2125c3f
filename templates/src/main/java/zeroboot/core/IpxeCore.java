package zeroboot.core;

import zeroboot.ground.Sha256;
import zeroboot.ground.ZbootException;

/**
 * One build of iPXE, checked for what an image needs of it.
 *
 * @param version as iPXE prints it, {@code 1.21.1+git20250501.dad20602+dfsg-1}
 * @param origin where it comes from, for receipts: a package with its version, or a path
 * @param lkrn {@code ipxe.lkrn}, iPXE as a Linux-protocol kernel for BIOS machines; not to be
 *     changed
 * @param efiFile {@code ipxe.efi} for x86-64 UEFI machines
 * @param lkrnSha256 SHA-256 of {@code lkrn}, lower-case hexadecimal; carried along, since hashing
 *     takes longer than making an image
 * @param efiSha256 SHA-256 of {@code efiFile}, likewise
 * @param canSetTime whether it has the {@code ntp} command (iPXE 2.0.0 brought it to UEFI)
 * @param pinned whether it trusts another root than iPXE's own, and has to be told to trust none of
 *     the firmware's besides
 * @param knowsEcdsa whether it takes servers' certificates with keys on elliptic curves
 */
public record IpxeCore(
    String version,
    String origin,
    byte[] lkrn,
    EfiFile efiFile,
    String lkrnSha256,
    String efiSha256,
    boolean canSetTime,
    boolean pinned,
    boolean knowsEcdsa) {
  /** Refuses files that zboot could not boot, with the reason. */
  public IpxeCore {
    CoreCheck.checkLkrn(origin, lkrn);
  }

  /** The bytes of the UEFI file; not to be changed. */
  public byte[] efi() {
    return efiFile.bytes();
  }

  /**
   * A core whose version is read from its UEFI file.
   *
   * @throws ZbootException (settings) also if there is a script in it, which would run instead
   */
  public static IpxeCore of(String origin, byte[] lkrn, byte[] efi) {
    EfiFile efiFile = EfiFile.of(origin, efi);
    CoreCheck.checkHasNoScript(origin, efi);
    return new IpxeCore(
        CoreCheck.version(efi),
        origin,
        lkrn,
        efiFile,
        Sha256.hex(lkrn),
        Sha256.hex(efi),
        CoreCheck.hasCommand(efi, "ntp"),
        isPinned(efi),
        CoreCheck.knowsEcdsa(efi));
  }

  private static boolean isPinned(byte[] efi) {
    return !TrustRoot.isIpxes(efi) && CoreCheck.hasCommand(efi, CoreCheck.FORGET_ROOTS);
  }

  /** The version that {@code lkrn} states; it should be {@link #version}. */
  public String lkrnVersion() {
    return CoreCheck.lkrnVersion(lkrn);
  }

  /** This core with another UEFI file. */
  IpxeCore withEfi(byte[] changed) {
    return new IpxeCore(
        version,
        origin,
        lkrn,
        EfiFile.of(origin, changed),
        lkrnSha256,
        Sha256.hex(changed),
        canSetTime,
        isPinned(changed),
        knowsEcdsa);
  }

  /** The version that a BIOS file states, or {@code unknown}. */
  public static String lkrnVersion(byte[] lkrn) {
    return CoreCheck.lkrnVersion(lkrn);
  }

  /** The version that a UEFI file states, or {@code unknown}. */
  public static String efiVersion(byte[] efi) {
    return CoreCheck.version(efi);
  }

  /**
   * Whether a UEFI file is an iPXE, of whatever version, machine and maker: it knows the first word
   * of its scripts, and names its home. It may as well be another program that carries one.
   */
  public static boolean isIpxe(byte[] efi) {
    return CoreCheck.isIpxe(efi);
  }
}
