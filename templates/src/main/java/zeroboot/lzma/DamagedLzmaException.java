package zeroboot.lzma;

/** A stream that breaks its format. Callers say which file it stood in. */
public final class DamagedLzmaException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedLzmaException(String reason) {
    super(reason);
  }
}
