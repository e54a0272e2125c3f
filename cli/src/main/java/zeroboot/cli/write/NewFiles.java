package zeroboot.cli.write;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import zeroboot.ground.Staged;
import zeroboot.ground.ZbootException;
import zeroboot.usb.Bus;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Machine;
import zeroboot.usb.NameStyle;
import zeroboot.usb.Product;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;
import zeroboot.usb.source.ImageSource;

/** Plain files that a write makes: each appears in its place when all of it is right. */
final class NewFiles implements AutoCloseable {
  private static final int BLOCK = 512;
  private final ImageSource image;
  private final List<String> planned = new ArrayList<>();
  private final Map<String, Staged> begun = new ConcurrentHashMap<>();

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

  /**
   * Opens one for writing, beside its place.
   *
   * @throws DeviceException if something has its name by now, or no file can be made there
   */
  RawDevice begin(Machine machine, Device device) {
    Path place = Path.of(device.path());
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(device);
    }
    Staged staged = Staged.file(place, Staged.Access.USUAL);
    RawDevice raw = machine.create(device, staged.part());
    begun.put(device.path(), staged);
    return raw;
  }

  /**
   * Moves one that is written and closed to its place.
   *
   * @throws DeviceException if something has its name by now
   */
  void finish(Device device) {
    Staged staged = begun.get(device.path());
    if (staged == null) {
      return; // a device, or a file that was there
    }
    try {
      staged.place();
    } catch (FileAlreadyExistsException e) {
      throw taken(device);
    } catch (IOException e) {
      throw DeviceException.io(
          device.path(), "cannot be made (" + e.getMessage() + ")", "name another place");
    }
  }

  /** Removes what there is of one that is not in its place. */
  void discard(Device device) {
    Staged staged = begun.get(device.path());
    if (staged != null) {
      staged.close();
    }
  }

  private static DeviceException taken(Device device) {
    return Refusals.changed(device, "something has taken its name");
  }

  @Override
  public void close() {
    begun.values().forEach(Staged::close);
  }
}
