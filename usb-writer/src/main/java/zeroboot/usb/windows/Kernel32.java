package zeroboot.usb.windows;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** Functions of {@code kernel32.dll} on 64 bits, by their documented names and argument orders. */
interface Kernel32 extends Library {
  int OPEN_EXISTING = 3;

  /** FormatMessageW: from the system, without arguments. */
  int FORMAT_MESSAGE = 0x1200;

  static Kernel32 load() {
    return Loaded.INSTANCE;
  }

  /** Loads on first use. */
  final class Loaded {
    private static final Kernel32 INSTANCE = Native.load("kernel32", Kernel32.class);

    private Loaded() {}
  }

  long CreateFileW(
      WString fileName,
      int desiredAccess,
      int shareMode,
      @Nullable Pointer securityAttributes,
      int creationDisposition,
      int flagsAndAttributes,
      @Nullable Pointer templateFile);

  boolean CloseHandle(long object);

  boolean DeviceIoControl(
      long device,
      int ioControlCode,
      byte[] inBuffer,
      int inBufferSize,
      byte[] outBuffer,
      int outBufferSize,
      IntByReference bytesReturned,
      @Nullable Pointer overlapped);

  boolean ReadFile(
      long file,
      Pointer buffer,
      int numberOfBytesToRead,
      IntByReference numberOfBytesRead,
      Pointer overlapped);

  boolean WriteFile(
      long file,
      Pointer buffer,
      int numberOfBytesToWrite,
      IntByReference numberOfBytesWritten,
      Pointer overlapped);

  boolean FlushFileBuffers(long file);

  long FindFirstVolumeW(char[] volumeName, int bufferLength);

  boolean FindNextVolumeW(long findVolume, char[] volumeName, int bufferLength);

  boolean FindVolumeClose(long findVolume);

  boolean GetVolumePathNamesForVolumeNameW(
      WString volumeName, char[] volumePathNames, int bufferLength, IntByReference returnLength);

  boolean GetVolumeInformationW(
      WString rootPathName,
      char[] volumeNameBuffer,
      int volumeNameSize,
      @Nullable Pointer volumeSerialNumber,
      @Nullable Pointer maximumComponentLength,
      @Nullable Pointer fileSystemFlags,
      char[] fileSystemNameBuffer,
      int fileSystemNameSize);

  int GetSystemWindowsDirectoryW(char[] buffer, int size);

  int FormatMessageW(
      int flags,
      @Nullable Pointer source,
      int messageId,
      int languageId,
      char[] buffer,
      int size,
      @Nullable Pointer arguments);
}
