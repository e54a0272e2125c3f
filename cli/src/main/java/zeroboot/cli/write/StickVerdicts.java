package zeroboot.cli.write;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.core.Cores;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.StickRecord;
import zeroboot.image.read.ByteSource;
import zeroboot.image.read.Medium;
import zeroboot.medium.Judge;
import zeroboot.medium.Verdict;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Machine;

/** What the judge says of the Zero Boot media on devices. */
final class StickVerdicts {
  private StickVerdicts() {}

  /** By the devices' paths; what holds nothing of zboot's, or may not be read, is left out. */
  static Map<String, Verdict> of(Machine machine, List<ListedDevice> listed, Cores cores) {
    List<ListedDevice> readable =
        listed.stream()
            .filter(one -> one.device().contents().isReadable() && one.device().size() > 0)
            .toList();
    Map<String, Verdict> verdicts = new HashMap<>();
    if (readable.isEmpty()) {
      return verdicts;
    }
    List<IpxeCore> known = cores.all();
    for (ListedDevice one : readable) {
      String path = one.device().path();
      try (BlockReader reader = machine.read(one.device())) {
        byte[] beginning = reader.read(0, StickRecord.LOOKED_AT);
        of(ByteSource.ofDevice(path, beginning), known)
            .ifPresent(verdict -> verdicts.put(path, verdict));
      } catch (IOException e) {
        verdicts.remove(path); // whoever writes to it will be told why
      }
    }
    return verdicts;
  }

  private static Optional<Verdict> of(ByteSource source, List<IpxeCore> known) {
    try {
      return Optional.of(Judge.of(source, known))
          .filter(verdict -> verdict.facts().author() != Verdict.Author.FOREIGN)
          .filter(verdict -> verdict.facts().medium().flatMap(Medium::found).isEmpty());
    } catch (ZbootException e) {
      return Optional.empty(); // nothing that zboot knows
    }
  }
}
