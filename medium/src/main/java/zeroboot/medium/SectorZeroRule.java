package zeroboot.medium;

import java.util.List;
import java.util.Optional;
import zeroboot.image.mbr.MasterBootRecord;
import zeroboot.image.read.Medium;
import zeroboot.medium.Finding.Kind;
import zeroboot.medium.Finding.Place;
import zeroboot.medium.Finding.Severity;

/** The code that a BIOS starts from sector 0 is zboot's. */
final class SectorZeroRule implements Rule {
  private static final int CODE = MasterBootRecord.TABLE_OFFSET;

  /** Fewer wrong bytes are damage, and named one by one. */
  private static final int DAMAGE = 16;

  @Override
  public List<Finding> judge(Specimen specimen) {
    if (specimen.isSurrounded()) {
      return specimen.reading().hasForeignCode() ? List.of(around(specimen)) : List.of();
    }
    Optional<Remake> made = specimen.remake().filter(one -> specimen.isDisk());
    if (made.isEmpty() || different(made.get().bytes(), specimen.bytes()) < DAMAGE) {
      return List.of();
    }
    return List.of(
        Finding.failed(
                Kind.FOREIGN_BOOT_CODE,
                "the code in sector 0 is not zboot's: BIOS machines that start it as a disk run"
                    + " something else",
                AGAIN)
            .at(new Place(0, CODE, "sector 0")));
  }

  private static int different(byte[] made, byte[] found) {
    int different = 0;
    for (int i = 0; i < CODE && i < found.length; i++) {
      different += made[i] == found[i] ? 0 : 1;
    }
    return different;
  }

  private static Finding around(Specimen specimen) {
    String partition =
        specimen
            .medium()
            .flatMap(Medium::found)
            .map(found -> "around the file of zboot in partition " + found.partition())
            .orElse("");
    return new Finding(
        Kind.FOREIGN_BOOT_CODE,
        specimen.isFile() ? Severity.FAILED : Severity.NOTE,
        Optional.empty(),
        "BIOS machines start somebody's code from sector 0, " + partition,
        "");
  }
}
