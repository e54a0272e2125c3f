package zeroboot.signing.efi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import zeroboot.image.bytes.SpecWriter;

/**
 * EFI_TIME (UEFI specification 2.10, section 8.3) as the time stamp of a variable, which has
 * everything below the second, zone and daylight at zero (section 8.2.2).
 *
 * @param instant full seconds
 */
record EfiTime(Instant instant) {
  static final int SIZE = 16;

  byte[] toBytes() {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    SpecWriter w = new SpecWriter(SIZE);
    w.at(0).le16(time.getYear()); // Year
    w.at(2).u8(time.getMonthValue()); // Month
    w.at(3).u8(time.getDayOfMonth()); // Day
    w.at(4).u8(time.getHour()); // Hour
    w.at(5).u8(time.getMinute()); // Minute
    w.at(6).u8(time.getSecond()); // Second
    w.at(7).zeros(9); // Pad1, Nanosecond, TimeZone, Daylight, Pad2
    return w.endsAt(SIZE);
  }
}
