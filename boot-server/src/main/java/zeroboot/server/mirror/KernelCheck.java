package zeroboot.server.mirror;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import zeroboot.ground.ZbootException;
import zeroboot.input.BoundedReader;
import zeroboot.input.InputKind;

/**
 * What has to be true of a kernel before anybody gets all of it.
 *
 * @param hashes SHA-256 of those that are right, in lower-case hexadecimal; none for all
 * @param signature that has to be beside it, if one has
 */
public record KernelCheck(Set<String> hashes, Optional<Signature> signature) {
  /** Whatever its server gives. */
  public static final KernelCheck NONE = new KernelCheck(Set.of(), Optional.empty());

  /** Copies its set. */
  public KernelCheck {
    hashes = Set.copyOf(hashes);
  }

  /**
   * A signature beside a kernel.
   *
   * @param place where it is: a URL, or a file of this machine
   * @param judge who knows whose it has to be
   */
  public record Signature(String place, Judge judge) {
    private static final String URL = "(?i)https?://.*";

    /** Whether it is on a server. */
    boolean isRemote() {
      return place.matches(URL);
    }

    /**
     * Reads it from this machine.
     *
     * @throws ZbootException (usage, I/O, settings) if it cannot be read
     */
    byte[] read() {
      return BoundedReader.file(Path.of(place), InputKind.SIGNATURE);
    }
  }

  /** Judges signatures. */
  @FunctionalInterface
  public interface Judge {
    /**
     * Looks whether a signature is of this file and by who is trusted.
     *
     * @param place of the signature, for errors
     * @throws ZbootException if it is not
     */
    void judge(String place, byte[] signature, Path kernel);
  }

  /** Whether it asks for anything. */
  public boolean asks() {
    return !hashes.isEmpty() || signature.isPresent();
  }

  /** The same with these hashes, if there are any. */
  KernelCheck with(Set<String> others) {
    return others.isEmpty() ? this : new KernelCheck(others, signature);
  }

  /**
   * Why nobody may have this kernel; empty if all may.
   *
   * @param sha256 of the file
   * @param beside the signature that came with it, if one did
   */
  Optional<String> refusal(Path kernel, String sha256, Optional<byte[]> beside) {
    if (!hashes.isEmpty() && !hashes.contains(sha256)) {
      return Optional.of("its SHA-256 is " + sha256 + ", which is none that is wanted");
    }
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    if (beside.isEmpty()) {
      return Optional.of("its signature is not there");
    }
    try {
      signature.get().judge().judge(signature.get().place(), beside.get(), kernel);
      return Optional.empty();
    } catch (ZbootException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
