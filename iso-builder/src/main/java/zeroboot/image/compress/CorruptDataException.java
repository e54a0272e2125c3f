package zeroboot.image.compress;

/** Compressed data that breaks its format. Callers say which file it stood in. */
final class CorruptDataException extends Exception {
  private static final long serialVersionUID = 1L;

  CorruptDataException(String reason) {
    super(reason);
  }
}
