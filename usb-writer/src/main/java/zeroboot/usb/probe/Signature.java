package zeroboot.usb.probe;

import java.util.List;

/**
 * A format that a kernel, a firmware or a RAID tool would recognise on a disk.
 *
 * @param name for people
 * @param labelOffset where the first spot's structure keeps its label, in bytes; negative if
 *     nowhere
 * @param labelLength in bytes
 */
record Signature(String name, List<Spot> spots, int labelOffset, int labelLength) {
  static Signature of(String name, Spot... spots) {
    return new Signature(name, List.of(spots), -1, 0);
  }

  Signature withLabel(int offset, int length) {
    return new Signature(name, spots, offset, length);
  }
}
