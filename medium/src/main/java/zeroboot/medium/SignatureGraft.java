package zeroboot.medium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.image.bytes.SpecReader;
import zeroboot.image.pe.WinCertificate;
import zeroboot.image.plan.EfiSigner;
import zeroboot.signing.efi.Authenticode;

/**
 * Puts the signatures that a medium has into a UEFI file made anew. It finds them by what the file
 * looks like: headers that name the place may be what is damaged. So every field around a signature
 * is compared, too.
 */
final class SignatureGraft implements EfiSigner {
  private static final int HEADER = WinCertificate.HEADER;
  private static final int PROBES = 12;
  private static final int PROBE = 48;
  private static final int MOST = 8;

  /** DER: the object identifier of SignedData (RFC 5652, section 5.1). */
  private static final byte[] SIGNED_DATA = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x07, 0x02
  };

  private final byte[] image;
  private final Optional<byte[]> core;

  /**
   * The signatures of a medium.
   *
   * @param core the iPXE of its UEFI half, as it is inside
   */
  SignatureGraft(byte[] image, Optional<byte[]> core) {
    this.image = image;
    this.core = core;
  }

  @Override
  public byte[] sign(String where, byte[] efi) {
    if (core.isPresent() && Arrays.equals(UnsignedPe.of(core.get()), efi)) {
      return Authenticode.withSignatures(where, efi, Authenticode.rawSignatures(where, core.get()));
    }
    int at = find(efi);
    return at < 0
        ? efi
        : Authenticode.withSignatures(
            where, efi, signatures(at + WinCertificate.aligned(efi.length)));
  }

  /** Where most of the probes of {@code file} say that it lies; -1 if none does. */
  private int find(byte[] file) {
    Map<Integer, Integer> votes = new HashMap<>();
    for (int i = 0; i < PROBES; i++) {
      int from = (int) ((long) (file.length - PROBE) * i / PROBES);
      int at = indexOf(file, from);
      if (at >= from) {
        votes.merge(at - from, 1, Integer::sum);
      }
    }
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> most.getValue() > PROBES / 4)
        .map(Map.Entry::getKey)
        .orElse(-1);
  }

  private int indexOf(byte[] file, int from) {
    for (int at = 0; at + PROBE <= image.length; at++) {
      if (image[at] == file[from]
          && Arrays.equals(image, at, at + PROBE, file, from, from + PROBE)) {
        return at;
      }
    }
    return -1;
  }

  private List<byte[]> signatures(int table) {
    List<byte[]> found = new ArrayList<>();
    int at = table;
    while (found.size() < MOST && isSignature(at)) {
      int length = length(at);
      if (length <= 0 || length > image.length - at - HEADER) {
        break;
      }
      found.add(Arrays.copyOfRange(image, at + HEADER, at + HEADER + length));
      at += WinCertificate.aligned(HEADER + length);
    }
    return found;
  }

  /** Half of what marks a signature is enough: the other half may be what was changed. */
  private boolean isSignature(int at) {
    if (at + HEADER + 4 + SIGNED_DATA.length > image.length) {
      return false;
    }
    int oid = at + HEADER + 4;
    return WinCertificate.isSignedAt(table(), at)
        || Arrays.equals(image, oid, oid + SIGNED_DATA.length, SIGNED_DATA, 0, SIGNED_DATA.length);
  }

  /** Stated twice: in the header, and as the length of the outer SEQUENCE. */
  private int length(int at) {
    int stated = (int) WinCertificate.statedLength(table(), at) - HEADER;
    int der = 4 + ((image[at + HEADER + 2] & 0xFF) << 8 | (image[at + HEADER + 3] & 0xFF));
    boolean fits = der <= image.length - at - HEADER;
    return fits
            && Authenticode.isSignature(Arrays.copyOfRange(image, at + HEADER, at + HEADER + der))
        ? der
        : stated;
  }

  private SpecReader table() {
    return SpecReader.of("certificate table", image);
  }
}
