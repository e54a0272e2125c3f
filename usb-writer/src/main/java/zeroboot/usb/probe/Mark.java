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
record Mark(String name, List<Spot> spots, int labelOffset, int labelLength) {
  static Mark of(String name, Spot... spots) {
    return new Mark(name, List.of(spots), -1, 0);
  }

  Mark withLabel(int offset, int length) {
    return new Mark(name, spots, offset, length);
  }
}
