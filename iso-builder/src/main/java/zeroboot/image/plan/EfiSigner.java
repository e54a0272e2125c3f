package zeroboot.image.plan;

/** Signs UEFI files so that firmware starts them under Secure Boot. */
@FunctionalInterface
public interface EfiSigner {
  /** Leaves files as they are. */
  EfiSigner NONE = (where, efi) -> efi;

  /**
   * The file with a signature in it.
   *
   * @param where names the file in errors
   * @param efi not to be changed
   */
  byte[] sign(String where, byte[] efi);
}
