package zeroboot.usb.windows;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Calls Windows. */
final class NativeWin32 implements Win32 {
  /** GUID_DEVINTERFACE_DISK, {53f56307-b6bf-11d0-94f2-00a0c91efb8b}, as Windows stores it. */
  private static final byte[] DISK_INTERFACE =
      HexFormat.of().parseHex("0763f553bfb6d01194f200a0c91efb8b");

  /** Only devices that are there: CM_GET_DEVICE_INTERFACE_LIST_PRESENT. */
  private static final int PRESENT = 0;

  private static final long INVALID_HANDLE_VALUE = -1;
  private static final int NAME = 1024;
  private static final int NAMES = 32 << 10;

  /** OVERLAPPED: two words of the system's, Offset, OffsetHigh, an event. */
  private static final int OVERLAPPED = 32;

  private static final int OVERLAPPED_OFFSET = 16;

  private static Kernel32 kernel() {
    return Kernel32.load();
  }

  private static Win32Exception lastError() {
    return error(Native.getLastError());
  }

  private static Win32Exception error(int code) {
    char[] words = new char[NAME];
    int length = kernel().FormatMessageW(Kernel32.FORMAT_MESSAGE, null, code, 0, words, NAME, null);
    String text = new String(words, 0, length).strip();
    return new Win32Exception(code, text.isEmpty() ? "Windows error " + code : text);
  }

  private static void check(boolean isDone) throws Win32Exception {
    if (!isDone) {
      throw lastError();
    }
  }

  @Override
  public List<String> diskInterfaces() throws IOException {
    IntByReference length = new IntByReference();
    CfgMgr32 manager = CfgMgr32.load();
    int answer = manager.CM_Get_Device_Interface_List_SizeW(length, DISK_INTERFACE, null, PRESENT);
    char[] names = new char[Math.max(1, length.getValue())];
    if (answer == 0) {
      answer =
          manager.CM_Get_Device_Interface_ListW(DISK_INTERFACE, null, names, names.length, PRESENT);
    }
    if (answer != 0) {
      throw new IOException("the configuration manager answers " + answer);
    }
    return strings(names);
  }

  /** Texts that each end with a zero; an empty one ends them all. */
  static List<String> strings(char[] names) {
    List<String> strings = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == 0) {
        if (i == from) {
          break;
        }
        strings.add(new String(names, from, i - from));
        from = i + 1;
      }
    }
    return strings;
  }

  private static String string(char[] name) {
    List<String> strings = strings(name);
    return strings.isEmpty() ? "" : strings.get(0);
  }

  @Override
  public List<String> volumes() throws IOException {
    char[] name = new char[NAME];
    List<String> volumes = new ArrayList<>();
    long search = kernel().FindFirstVolumeW(name, name.length);
    if (search == INVALID_HANDLE_VALUE) {
      throw lastError();
    }
    try {
      do {
        volumes.add(string(name));
      } while (kernel().FindNextVolumeW(search, name, name.length));
      if (Native.getLastError() != Win32Exception.ERROR_NO_MORE_FILES) {
        throw lastError();
      }
    } finally {
      kernel().FindVolumeClose(search);
    }
    return volumes;
  }

  @Override
  public List<String> mountPoints(String volume) throws IOException {
    char[] names = new char[NAMES];
    check(
        kernel()
            .GetVolumePathNamesForVolumeNameW(
                new WString(volume), names, names.length, new IntByReference()));
    return strings(names);
  }

  @Override
  public VolumeInformation volumeInformation(String volume) throws IOException {
    char[] label = new char[NAME];
    char[] fileSystem = new char[NAME];
    check(
        kernel()
            .GetVolumeInformationW(
                new WString(volume), label, NAME, null, null, null, fileSystem, NAME));
    return new VolumeInformation(string(label).replaceAll("\\p{C}", "?"), string(fileSystem));
  }

  @Override
  public String windowsDirectory() throws IOException {
    char[] name = new char[NAME];
    check(kernel().GetSystemWindowsDirectoryW(name, NAME) > 0);
    return string(name);
  }

  @Override
  public long open(String name, int access, int share, int flags) throws IOException {
    long handle =
        kernel()
            .CreateFileW(
                new WString(name), access, share, null, Kernel32.OPEN_EXISTING, flags, null);
    if (handle == INVALID_HANDLE_VALUE) {
      throw lastError();
    }
    return handle;
  }

  @Override
  public void close(long handle) throws IOException {
    check(kernel().CloseHandle(handle));
  }

  @Override
  public byte[] control(long handle, int code, byte[] input, int outputSize) throws IOException {
    byte[] output = new byte[outputSize];
    IntByReference returned = new IntByReference();
    check(
        kernel()
            .DeviceIoControl(
                handle, code, input, input.length, output, outputSize, returned, null));
    return Arrays.copyOf(output, Math.min(outputSize, returned.getValue()));
  }

  /** ReadFile or WriteFile. */
  private interface Transfer {
    boolean run(Pointer buffer, int count, IntByReference done, Pointer overlapped);
  }

  private static int transfer(ByteBuffer buffer, long offset, Transfer call) throws Win32Exception {
    try (Memory overlapped = new Memory(OVERLAPPED)) {
      overlapped.clear();
      overlapped.setLong(OVERLAPPED_OFFSET, offset); // Offset and OffsetHigh, little endian
      IntByReference done = new IntByReference();
      Pointer address = Native.getDirectBufferPointer(buffer.slice());
      check(call.run(address, buffer.remaining(), done, overlapped));
      buffer.position(buffer.position() + done.getValue());
      return done.getValue();
    }
  }

  @Override
  public int read(long handle, ByteBuffer buffer, long offset) throws IOException {
    try {
      return transfer(
          buffer,
          offset,
          (address, count, done, at) -> kernel().ReadFile(handle, address, count, done, at));
    } catch (Win32Exception e) {
      if (e.code() == Win32Exception.ERROR_HANDLE_EOF) {
        return 0;
      }
      throw e;
    }
  }

  @Override
  public int write(long handle, ByteBuffer buffer, long offset) throws IOException {
    return transfer(
        buffer,
        offset,
        (address, count, done, at) -> kernel().WriteFile(handle, address, count, done, at));
  }

  @Override
  public void flush(long handle) throws IOException {
    check(kernel().FlushFileBuffers(handle));
  }
}
