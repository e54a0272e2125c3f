package zeroboot.medium;

import java.util.List;

/** The rules that every medium is judged by. */
final class Rules {
  /** All of them, in the order in which people read what they say. */
  static final List<Rule> ALL =
      List.of(
          new DetachedRule(),
          new DamageRule(),
          new SecureBootRule(),
          new SignedCoreRule(),
          new CoverRule(),
          new ScriptsRule(),
          new ImageIdRule(),
          new BootCodeRule(),
          new CoreRule(),
          new TrustRootsRule(),
          new WrittenScriptRule(),
          new RecordRule(),
          new PartitionRule(),
          new BootEntryRule(),
          new SectorZeroRule(),
          new EveryByteRule(),
          new EndRule());

  private Rules() {}
}
