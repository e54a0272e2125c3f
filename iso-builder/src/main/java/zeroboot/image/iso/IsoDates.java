package zeroboot.image.iso;

import zeroboot.image.bytes.SpecWriter;

/**
 * The two date formats of ECMA-119. Images are the same whenever they are made, so every date is 1
 * January 1980, midnight, Greenwich: the first one that FAT knows too.
 */
final class IsoDates {
  private IsoDates() {}

  /** Recording date and time of a directory record, 7 bytes (section 9.1.5). */
  static void recording(SpecWriter w) {
    w.u8(80); // years since 1900
    w.u8(1).u8(1); // month, day
    w.u8(0).u8(0).u8(0); // hour, minute, second
    w.u8(0); // offset from Greenwich in quarters of an hour
  }

  /** Date and time in a volume descriptor, 17 bytes (section 8.4.26.1). */
  static void volume(SpecWriter w) {
    w.ascii("1980010100000000"); // year, month, day, hour, minute, second, hundredths
    w.u8(0); // offset from Greenwich
  }

  /** The same, not specified (section 8.4.26.1). */
  static void unspecified(SpecWriter w) {
    w.ascii("0000000000000000");
    w.u8(0);
  }
}
