package zeroboot.usb.source;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import zeroboot.usb.DeviceException;

/** Images from the places they come from. */
public final class ImageSources {
  /** A stream up to this size, in bytes, is kept: then every byte of it can be compared later. */
  private static final int KEPT = 16 << 20;

  private static final int TYPES = 0170000; // S_IFMT
  private static final int PIPE = 0010000; // S_IFIFO
  private static final int CHARACTER_DEVICE = 0020000; // S_IFCHR
  private static final int SOCKET = 0140000; // S_IFSOCK

  private ImageSources() {}

  /** An image in memory; the caller does not change it afterwards. */
  public static ImageSource ofBytes(String name, byte[] bytes) {
    return new BytesSource(name, bytes);
  }

  /**
   * A file, a block device or a pipe; what gzip or xz packed is unpacked on the way.
   *
   * @throws DeviceException if it is something else, or cannot be read
   */
  public static ImageSource ofFile(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw DeviceException.io(path.toString(), "is a folder", "name the image in it");
      }
      return switch (type(path)) {
        case PIPE -> ofStream(path.toString(), Files.newInputStream(path));
        case CHARACTER_DEVICE, SOCKET ->
            throw DeviceException.io(
                path.toString(), "is neither a file nor a disk nor a pipe", "name one of those");
        default -> FileSource.of(path);
      };
    } catch (NoSuchFileException e) {
      throw DeviceException.io(path.toString(), "the image is not there", "look at its name");
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  /** A stream such as standard input, packed or not; its start is read at once. */
  public static ImageSource ofStream(String name, InputStream stream) {
    try {
      byte[] magic = stream.readNBytes(Packing.LONGEST);
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), stream);
      InputStream plain = Packing.of(magic).unpack(whole);
      byte[] start = plain.readNBytes(KEPT);
      return start.length < KEPT
          ? new BytesSource(name, start)
          : new StreamSource(name, new SequenceInputStream(new ByteArrayInputStream(start), plain));
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** The type in stat(2)'s mode; 0 on systems without. */
  private static int type(Path path) throws IOException {
    try {
      return (int) Files.getAttribute(path, "unix:mode") & TYPES;
    } catch (UnsupportedOperationException e) {
      return 0;
    }
  }

  private static DeviceException unreadable(String name, IOException e) {
    return DeviceException.io(
        name, "cannot be read (" + words(e) + ")", "look at the image, or make it again");
  }

  /** What is wrong with an image that could not be read to its end. */
  public static String words(Exception e) {
    if (e instanceof EOFException) {
      return "it ends too early";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
