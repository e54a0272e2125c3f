package zeroboot.image.bios;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The smallest Linux-protocol kernel that the frame takes in: one setup sector, some payload. */
final class TinyKernel {
  /** The instruction at 0230 that a loader would run first. */
  static final byte[] INSTRUCTION = HexFormat.of().parseHex("f1f2f3");

  private TinyKernel() {}

  /** 5 KiB plus {@code extra} bytes; the payload starts at 0400 with {@code 01 02 03 04}. */
  static byte[] bytes(int extra) {
    byte[] kernel = new byte[0x1400 + extra];
    kernel[0x1F1] = 1; // setup_sects
    kernel[0x1FC] = 0x7A; // root_dev, kept although nobody reads it
    kernel[0x1FE] = 0x55;
    kernel[0x1FF] = (byte) 0xAA;
    kernel[0x200] = (byte) 0xEB; // jmp 0230
    kernel[0x201] = 0x2E;
    put(kernel, 0x202, "HdrS".getBytes(StandardCharsets.US_ASCII));
    put(kernel, 0x206, HexFormat.of().parseHex("0702")); // version 2.07
    kernel[0x211] = 1; // loadflags: LOADED_HIGH
    put(kernel, 0x230, INSTRUCTION);
    put(kernel, 0x400, HexFormat.of().parseHex("01020304"));
    return kernel;
  }

  private static void put(byte[] to, int at, byte[] what) {
    System.arraycopy(what, 0, to, at, what.length);
  }
}
