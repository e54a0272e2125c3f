package zeroboot.image.uefi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import zeroboot.core.IpxeCore;
import zeroboot.ground.Sha256;
import zeroboot.spec.BootPath;

/**
 * Packs cores, as quickly as each can be. Those that take long are kept: a judge of many media
 * makes each of them anew, on the same few cores.
 */
public final class PackedCores {
  /** A megabyte or so each. */
  private static final int MOST_KEPT = 4;

  /** The one that was not asked for longest comes first. */
  private static final Map<Key, PackedCore> KEPT = new LinkedHashMap<>(16, 0.75f, true);

  private PackedCores() {}

  /** What a packed core is made of. */
  private record Key(String efiSha256, String exampleSha256) {}

  /**
   * The packed UEFI file of {@code core}. Fast for the core that the build has packed, whatever its
   * trust root; two seconds or so for any other, unless it was packed lately.
   */
  public static PackedCore of(IpxeCore core) {
    Optional<PackedCore> stored = StoredCore.packed(core);
    return stored.isPresent() ? stored.get() : kept(core, LoadOptions.example(core));
  }

  /**
   * Reads the packed core that zboot carries, for who will need it and has something else to do
   * first.
   */
  public static void prepare() {
    StoredCore.prepare();
  }

  private static synchronized PackedCore kept(IpxeCore core, byte[] example) {
    Key key = new Key(core.sha256(BootPath.UEFI_X64), Sha256.hex(example));
    PackedCore packed = KEPT.computeIfAbsent(key, none -> CorePacker.pack(core.efi(), example));
    if (KEPT.size() > MOST_KEPT) {
      KEPT.remove(KEPT.keySet().iterator().next());
    }
    return packed;
  }
}
