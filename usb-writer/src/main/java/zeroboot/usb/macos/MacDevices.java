package zeroboot.usb.macos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/**
 * A Mac's disks at one moment: {@code diskutil list -plist} names them and what is mounted, {@code
 * diskutil info -plist} describes each, {@code ioreg} knows the serials of USB devices.
 */
final class MacDevices {
  private static final String DISKUTIL = "/usr/sbin/diskutil";

  /** Whole disks and, behind {@code s}, partitions, volumes and snapshots of volumes. */
  private static final Pattern NODE = Pattern.compile("/dev/r?(disk\\d+)((?:s\\d+)*)");

  private final Commands commands;

  /** By identifier, {@code disk4}, as {@code diskutil list} describes each. */
  private final Map<String, Plist> listed = new LinkedHashMap<>();

  private final UsbSerials usb;

  /** The whole disk that {@code /} is on, which may be an APFS container. */
  private final String rootDisk;

  private MacDevices(Commands commands) throws IOException {
    this.commands = commands;
    Plist list = ask(DISKUTIL, "list", "-plist");
    list.get("AllDisksAndPartitions")
        .items()
        .forEach(disk -> listed.put(disk.text("DeviceIdentifier"), disk));
    this.usb = UsbSerials.in(ask("/usr/sbin/ioreg", "-a", "-r", "-l", "-c", "IOUSBHostDevice"));
    this.rootDisk = ask(DISKUTIL, "info", "-plist", "/").text("ParentWholeDisk");
  }

  static MacDevices read(Commands commands) {
    try {
      return new MacDevices(commands);
    } catch (IOException e) {
      throw DeviceException.io("diskutil", "failed (" + e.getMessage() + ")", "try with sudo");
    }
  }

  private Plist ask(String... words) throws IOException {
    return Plist.parse(commands.run(words));
  }

  /** Disks; neither APFS containers nor CD drives. */
  List<Device> disks() {
    List<Device> disks = new ArrayList<>();
    for (String name : listed.keySet()) {
      Device device = at("/dev/" + name);
      if (device != null && device.kind() == Device.Kind.DISK) {
        disks.add(device);
      }
    }
    return disks;
  }

  /** What a path names; null if it is no disk's. */
  @Nullable Device at(String path) {
    Matcher node = NODE.matcher(path);
    if (!node.matches()) {
      return null;
    }
    String whole = node.group(1);
    String name = whole + node.group(2);
    Plist info;
    try {
      info = ask(DISKUTIL, "info", "-plist", name);
    } catch (IOException e) {
      throw DeviceException.io(path, "nothing is there", "zboot devices lists the disks");
    }
    Plist disk = listed.getOrDefault(whole, Plist.MISSING);
    Device.Kind kind = node.group(2).isEmpty() ? kind(disk, info) : Device.Kind.PARTITION;
    return new Device(
        kind,
        "/dev/" + name,
        name,
        kind == Device.Kind.PARTITION ? "/dev/" + physical(whole) : "",
        List.of(),
        bus(info),
        new Product("", model(info), usb.serial(whole)),
        new Geometry(
            info.number("Size"),
            (int) Math.max(512, info.number("DeviceBlockSize")),
            isRemovable(info),
            !info.flag(info.has("WritableMedia") ? "WritableMedia" : "Writable"),
            !info.flag("SolidState") && !isRemovable(info)),
        new Identity(name, usb.registryEntry(whole)),
        contents(disk, info),
        kind == Device.Kind.DISK ? uses(whole, disk, info) : List.of());
  }

  private static Device.Kind kind(Plist disk, Plist info) {
    if (info.has("OpticalDeviceType") || info.has("OpticalMediaType")) {
      return Device.Kind.OPTICAL;
    }
    boolean isMade =
        disk.has("APFSPhysicalStores")
            || info.flag("RAIDMaster")
            || (info.text("VirtualOrPhysical").equals("Virtual") && bus(info) != Bus.VIRTUAL);
    return isMade ? Device.Kind.LAYER : Device.Kind.DISK;
  }

  private static Bus bus(Plist info) {
    Bus bus =
        switch (info.text("BusProtocol")) {
          case "USB" -> Bus.USB;
          case "Secure Digital" -> Bus.SD;
          case "FireWire" -> Bus.FIREWIRE;
          case "PCI", "PCI-Express", "Apple Fabric" -> Bus.NVME;
          case "SATA", "ATA" -> Bus.SATA;
          case "SAS" -> Bus.SAS;
          case "Disk Image", "Virtual Interface" -> Bus.VIRTUAL;
          default -> Bus.OTHER;
        };
    // What is built in stays there, whatever it is wired with.
    return bus.isPluggable() && info.flag("Internal") && !isRemovable(info) ? Bus.OTHER : bus;
  }

  private static boolean isRemovable(Plist info) {
    return info.flag(info.has("RemovableMedia") ? "RemovableMedia" : "Removable");
  }

  private static String model(Plist info) {
    String name = info.text("MediaName");
    return name.isEmpty() ? info.text("IORegistryEntryName").replaceFirst(" Media$", "") : name;
  }

  private static Contents contents(Plist disk, Plist info) {
    List<Partition> partitions = new ArrayList<>();
    disk.get("Partitions")
        .items()
        .forEach(
            partition ->
                partitions.add(
                    new Partition(
                        partition.text("DeviceIdentifier"),
                        Partition.UNKNOWN,
                        partition.number("Size"),
                        List.of(
                            new Content(
                                format(partition.text("Content")),
                                partition.text("VolumeName"))))));
    String content = info.text("Content");
    String table =
        switch (content) {
          case "GUID_partition_scheme" -> "GPT";
          case "FDisk_partition_scheme" -> "MBR";
          case "Apple_partition_scheme" -> "Apple partition map";
          default -> "";
        };
    boolean isWhole = table.isEmpty() && !content.isEmpty();
    List<Content> whole =
        isWhole ? List.of(new Content(format(content), info.text("VolumeName"))) : List.of();
    return new Contents(true, table, whole, partitions);
  }

  private static String format(String content) {
    return switch (content) {
      case "Apple_APFS" -> "APFS";
      case "Apple_HFS" -> "HFS+";
      case "DOS_FAT_12" -> "FAT12";
      case "DOS_FAT_16" -> "FAT16";
      case "DOS_FAT_32", "Windows_FAT_32" -> "FAT32";
      case "Windows_NTFS" -> "NTFS or exFAT";
      default -> content;
    };
  }

  private List<Use> uses(String whole, Plist disk, Plist info) {
    List<Use> uses = new ArrayList<>();
    addMount(uses, disk, true);
    disk.get("Partitions")
        .items()
        .forEach(
            partition -> {
              addMount(uses, partition, true);
              String content = partition.text("Content");
              if (content.equals("Apple_RAID") || content.equals("Apple_CoreStorage")) {
                uses.add(layer("an " + content.replace('_', ' ') + " volume", partition));
              }
            });
    for (String container : containersOn(whole)) {
      Plist listing = listed.getOrDefault(container, Plist.MISSING);
      boolean isDirect =
          storesOf(container).stream().map(MacDevices::wholeOf).distinct().count() < 2;
      if (!isDirect) {
        uses.add(layer("the APFS container " + container + " over several disks", listing));
      }
      listing.get("APFSVolumes").items().forEach(volume -> addMount(uses, volume, isDirect));
    }
    if (info.flag("RAIDSlice")) {
      uses.add(layer("an Apple RAID volume", disk));
    }
    boolean isRoot = whole.equals(rootDisk) || containersOn(whole).contains(rootDisk);
    if (isRoot && uses.stream().noneMatch(Use::isSystem)) {
      uses.add(new Use(Use.Kind.SYSTEM, "macOS", "/dev/" + whole, true));
    }
    return List.copyOf(uses);
  }

  private static Use layer(String what, Plist by) {
    return new Use(Use.Kind.LAYER, what, "/dev/" + by.text("DeviceIdentifier"), false);
  }

  /** The mount of a volume, and those of its snapshots: {@code /} is one of these. */
  private static void addMount(List<Use> uses, Plist volume, boolean isDirect) {
    String by = "/dev/" + volume.text("DeviceIdentifier");
    List<String> points = new ArrayList<>();
    points.add(volume.text("MountPoint"));
    volume
        .get("MountedSnapshots")
        .items()
        .forEach(snapshot -> points.add(snapshot.text("SnapshotMountPoint")));
    for (String point : points) {
      if (!point.isEmpty()) {
        uses.add(new Use(Use.Kind.MOUNT, point, by, isDirect));
      }
    }
  }

  /** APFS containers with a store on this disk: disks of their own, made by the system. */
  List<String> containersOn(String whole) {
    return listed.keySet().stream()
        .filter(name -> storesOf(name).stream().anyMatch(store -> wholeOf(store).equals(whole)))
        .toList();
  }

  private List<String> storesOf(String container) {
    return listed
        .getOrDefault(container, Plist.MISSING)
        .get("APFSPhysicalStores")
        .items()
        .map(store -> store.text("DeviceIdentifier"))
        .toList();
  }

  /** {@code disk0} of {@code disk0s2}. */
  private static String wholeOf(String identifier) {
    return identifier.replaceFirst("(?<=\\d)s.*", "");
  }

  /** The disk beneath an APFS container; of a disk, itself. */
  private String physical(String whole) {
    List<String> stores = storesOf(whole);
    return stores.isEmpty() ? whole : wholeOf(stores.get(0));
  }

  /** Whether a file system's source, {@code /dev/disk5s1}, is on this disk, or is it. */
  boolean holds(Device device, String source) {
    Matcher node = NODE.matcher(source);
    if (!node.matches()) {
      return false;
    }
    String whole = node.group(1);
    return whole.equals(device.name()) || containersOn(device.name()).contains(whole);
  }
}
