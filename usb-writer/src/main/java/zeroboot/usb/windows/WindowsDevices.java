package zeroboot.usb.windows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import zeroboot.usb.Bus;
import zeroboot.usb.Content;
import zeroboot.usb.Contents;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Geometry;
import zeroboot.usb.Identity;
import zeroboot.usb.Partition;
import zeroboot.usb.Product;
import zeroboot.usb.Use;
import zeroboot.usb.windows.DriveLayoutInformationEx.Entry;

/** A computer's disks and volumes at one moment. */
final class WindowsDevices {
  private final Win32 windows;
  private final DiskQueries queries;
  private final String directory;

  /** Path of the device interface by the number of the disk. */
  private final Map<Long, String> interfaces = new TreeMap<>();

  private final List<Volume> volumes = new ArrayList<>();

  private WindowsDevices(Win32 windows) throws IOException {
    this.windows = windows;
    queries = new DiskQueries(windows);
    this.directory = windows.windowsDirectory();
    for (String path : windows.diskInterfaces()) {
      queries.number(path).ifPresent(number -> interfaces.put(number, path));
    }
    for (String name : windows.volumes()) {
      volumes.add(volume(name));
    }
  }

  static WindowsDevices read(Win32 windows) {
    try {
      return new WindowsDevices(windows);
    } catch (IOException e) {
      throw DeviceException.io(
          "Windows", "does not tell its disks (" + e.getMessage() + ")", "try as administrator");
    }
  }

  private Volume volume(String name) throws IOException {
    VolumeDiskExtents extents = queries.extents(name.substring(0, name.length() - 1));
    return new Volume(name, windows.mountPoints(name), information(name), extents);
  }

  /** Without label and file system where it is not formatted, or has no medium. */
  private Win32.VolumeInformation information(String volume) {
    try {
      return windows.volumeInformation(volume);
    } catch (IOException e) {
      return new Win32.VolumeInformation("", "");
    }
  }

  List<Device> disks() {
    List<Device> disks = new ArrayList<>();
    for (long number : interfaces.keySet()) {
      Device disk = disk(number);
      if (disk.kind() == Device.Kind.DISK) {
        disks.add(disk);
      }
    }
    return disks;
  }

  /** What a name means; null if it can only be a file's. */
  @Nullable Device at(String name) {
    int number = DiskName.number(name);
    for (Map.Entry<Long, String> disk : interfaces.entrySet()) {
      if (disk.getKey() == number || disk.getValue().equalsIgnoreCase(name)) {
        return disk(disk.getKey());
      }
    }
    String letter = DiskName.letter(name);
    for (Volume volume : volumes) {
      boolean isMeant =
          volume.mountPoints().stream().anyMatch(letter::equalsIgnoreCase)
              || volume.device().equalsIgnoreCase(name)
              || volume.name().equalsIgnoreCase(name);
      if (isMeant) {
        return part(name, volume);
      }
    }
    if (DiskName.isOptical(name)) {
      return other(name, Device.Kind.OPTICAL, "");
    }
    if (number >= 0 || !letter.isEmpty()) {
      throw DeviceException.io(name, "nothing is there", "zboot devices lists the disks");
    }
    return DiskName.isDevice(name) ? other(name, Device.Kind.OTHER, "") : null;
  }

  /** A volume, as part of the disk that it is on; a CD drive's is on none. */
  private static Device part(String name, Volume volume) {
    List<VolumeDiskExtents.DiskExtent> extents = volume.extents().extents();
    return extents.isEmpty()
        ? other(name, Device.Kind.OPTICAL, "")
        : other(name, Device.Kind.PARTITION, DiskName.of(extents.get(0).diskNumber()));
  }

  private static Device other(String name, Device.Kind kind, String disk) {
    return new Device(
        kind,
        name,
        name,
        disk,
        List.of(),
        Bus.OTHER,
        Product.UNKNOWN,
        new Geometry(0, 512, false, false, false),
        new Identity(name, ""),
        Contents.UNKNOWN,
        List.of());
  }

  private Device disk(long number) {
    String path = DiskName.of(number);
    StorageDeviceDescriptor descriptor = queries.descriptor(path);
    DiskGeometryEx geometry = queries.geometry(path);
    DriveLayoutInformationEx layout = queries.layout(path);
    boolean isSpace = descriptor.busType() == StorageDeviceDescriptor.BUS_TYPE_SPACES;
    String id = interfaces.getOrDefault(number, "");
    return new Device(
        isSpace ? Device.Kind.LAYER : Device.Kind.DISK,
        path,
        "PhysicalDrive" + number,
        "",
        id.isEmpty() ? List.of() : List.of(id),
        descriptor.bus(),
        descriptor.product(),
        new Geometry(
            geometry.diskSize(),
            (int) Math.max(512, geometry.bytesPerSector()),
            descriptor.hasRemovableMedia(),
            queries.isReadOnly(path),
            queries.isRotational(path)),
        new Identity(Long.toString(number), id),
        contents(number, layout),
        uses(number, layout));
  }

  private Contents contents(long number, DriveLayoutInformationEx layout) {
    List<Partition> partitions = new ArrayList<>();
    for (Entry entry : layout.partitionEntry()) {
      partitions.add(
          new Partition(
              "Partition" + entry.partitionNumber(),
              entry.startingOffset(),
              entry.partitionLength(),
              found(number, entry.startingOffset())));
    }
    partitions.sort(Comparator.comparingLong(Partition::start));
    List<Content> whole = partitions.isEmpty() ? found(number, 0) : List.of();
    return new Contents(true, layout.table(), whole, partitions);
  }

  /** What Windows makes of the volume that begins there. */
  private List<Content> found(long disk, long offset) {
    VolumeDiskExtents.DiskExtent start = new VolumeDiskExtents.DiskExtent(disk, offset);
    return volumes.stream()
        .filter(volume -> volume.extents().extents().contains(start))
        .filter(volume -> !volume.information().fileSystem().isEmpty())
        .map(volume -> new Content(volume.information().fileSystem(), volume.information().label()))
        .toList();
  }

  private List<Use> uses(long number, DriveLayoutInformationEx layout) {
    List<Use> uses = new ArrayList<>();
    String by = DiskName.of(number);
    Volume system = volumeOf(directory);
    for (Volume volume : volumesOn(number)) {
      if (volume.equals(system)) {
        uses.add(new Use(Use.Kind.SYSTEM, "Windows in " + directory, by, true));
      }
      if (volume.spansDisks()) {
        uses.add(
            new Use(Use.Kind.LAYER, "the volume " + volume.shown() + " over disks", by, false));
      }
      for (String point : volume.mountPoints()) {
        uses.add(new Use(Use.Kind.MOUNT, point, by, !volume.spansDisks()));
      }
    }
    if (layout.partitionEntry().stream().anyMatch(Entry::isDynamic)) {
      uses.add(new Use(Use.Kind.LAYER, "the computer's dynamic disks", by, false));
    }
    if (layout.partitionEntry().stream().anyMatch(Entry::isStorageSpaces)) {
      uses.add(new Use(Use.Kind.LAYER, "a storage pool", by, false));
    }
    return List.copyOf(uses);
  }

  /** Volumes with a part on this disk, hidden ones too. */
  List<Volume> volumesOn(long disk) {
    return volumes.stream().filter(volume -> volume.isOn(disk)).toList();
  }

  /** The volume that a path leads to: the one mounted deepest on the way. */
  private @Nullable Volume volumeOf(String path) {
    return volumes.stream()
        .filter(volume -> volume.reach(path) > 0)
        .max(Comparator.comparingInt(volume -> volume.reach(path)))
        .orElse(null);
  }

  /** Whether a file lies on a disk, or is it, or is a part of it. */
  boolean holds(Device device, String file) {
    long disk = DiskName.number(device.path());
    if (disk < 0) {
      return false;
    }
    if (DiskName.isDevice(file) || DiskName.number(file) >= 0) {
      Device named = at(file);
      return named != null
          && (named.path().equals(device.path()) || named.disk().equals(device.path()));
    }
    Volume volume = volumeOf(file);
    return volume != null && volume.isOn(disk);
  }
}
