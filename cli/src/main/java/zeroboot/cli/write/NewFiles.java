package zeroboot.cli.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import zeroboot.ground.ZbootException;
import zeroboot.usb.Bus;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.NameStyle;
import zeroboot.usb.Product;
import zeroboot.usb.source.ImageSource;

/** Plain files that a write makes; they go again if it fails. */
final class NewFiles implements AutoCloseable {
  private static final int BLOCK = 512;
  private final ImageSource image;
  private final List<String> planned = new ArrayList<>();
  private final List<String> made = new ArrayList<>();

  NewFiles(ImageSource image) {
    this.image = image;
  }

  /** The file that will be at a path where nothing is; empty if something is, or should be. */
  Optional<Device> planned(String name) {
    NameStyle style = NameStyle.current();
    if (style.namesDevice(name) || Files.exists(Path.of(name))) {
      return Optional.empty();
    }
    style
        .mend(name)
        .ifPresent(
            mend -> {
              throw ZbootException.usage(name, "is not the path of a disk", mend);
            });
    Path path = Path.of(name);
    Path absolute = path.toAbsolutePath().normalize();
    if (image.size().isEmpty()) {
      throw ZbootException.usage(
          name,
          "is not there, and the size of the image is unknown",
          "make a file that is large enough first");
    }
    planned.add(name);
    return Optional.of(
        new Device(
            Device.Kind.FILE,
            name,
            String.valueOf(path.getFileName()),
            "",
            List.of(),
            Bus.OTHER,
            Product.UNKNOWN,
            new Geometry(image.size().getAsLong(), BLOCK, false, false, false),
            new Identity(absolute.toString(), ""),
            Contents.UNKNOWN,
            List.of()));
  }

  /** Whether this is a file that is not there yet: nothing of it can be erased. */
  static boolean isNew(Device device) {
    return device.kind() == Device.Kind.FILE && !Files.exists(Path.of(device.path()));
  }

  /** Whether it is to be made. */
  boolean isPlanned(Device device) {
    return planned.contains(device.path());
  }

  /** This one is there now. */
  void made(Device device) {
    made.add(device.path());
  }

  /** This one is good. */
  synchronized void keep(String path) {
    made.remove(path);
  }

  @Override
  public void close() {
    made.forEach(NewFiles::deleteQuietly);
  }

  private static void deleteQuietly(String path) {
    try {
      Files.deleteIfExists(Path.of(path));
    } catch (IOException e) {
      // The error that brought us here says more than this one would.
      return;
    }
  }
}
