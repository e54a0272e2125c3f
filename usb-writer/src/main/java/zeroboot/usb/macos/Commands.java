package zeroboot.usb.macos;

import java.io.IOException;

/** The system's own programs; a recorded machine answers from memory. */
interface Commands {
  /**
   * What a program prints.
   *
   * @throws IOException with the program's own words if it fails
   */
  byte[] run(String... words) throws IOException;
}
