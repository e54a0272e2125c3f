package zeroboot.usb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Weighs a device: every reason why it shall not be written to, the gravest first. */
public final class Guards {
  private Guards() {}

  /**
   * All obstacles; none means that it may be written to.
   *
   * @param holdsImage whether the image lies on this device
   */
  public static List<Obstacle> obstacles(Device device, WriteIntent intent, boolean holdsImage) {
    List<Obstacle> found = new ArrayList<>();
    checkKind(device, found);
    if (!found.isEmpty()) {
      return found;
    }
    checkUses(device, intent, found);
    if (holdsImage) {
      found.add(
          new Obstacle(
              Guard.HOLDS_IMAGE, "the image itself lies on it", "copy the image elsewhere first"));
    }
    checkDevice(device, intent, found);
    return found;
  }

  private static void checkKind(Device device, List<Obstacle> found) {
    switch (device.kind()) {
      case DISK, FILE -> {
        return;
      }
      case OTHER ->
          found.add(
              new Obstacle(
                  Guard.NOT_A_BLOCK_DEVICE,
                  "is neither a disk nor a plain file",
                  "zboot devices lists the disks"));
      case PARTITION ->
          found.add(
              new Obstacle(
                  Guard.PARTITION,
                  "is a partition, and a stick is booted as a whole",
                  device.disk().isEmpty()
                      ? "name the disk that it is a part of; zboot devices lists the disks"
                      : "if all of that disk may be erased, name the disk: " + device.disk()));
      case LAYER ->
          found.add(
              new Obstacle(
                  Guard.NOT_A_DISK,
                  "is not a disk, but made from others or from memory",
                  "zboot devices lists the disks"));
      case OPTICAL ->
          found.add(
              new Obstacle(
                  Guard.OPTICAL,
                  "is a CD drive",
                  "burn the ISO image with a program for CDs, or use a USB stick"));
    }
  }

  private static void checkUses(Device device, WriteIntent intent, List<Obstacle> found) {
    List<Use> uses = device.uses();
    String system = shown(uses, Use::isSystem);
    if (!system.isEmpty()) {
      found.add(
          new Obstacle(
              Guard.SYSTEM_DISK,
              "this computer runs from it: " + system,
              "take another disk; no option allows this one"));
    }
    String held = shown(uses, Use::isHold);
    if (!held.isEmpty()) {
      found.add(new Obstacle(Guard.HELD, "is held by " + held, release(uses)));
    }
    checkMounts(device, intent, found);
  }

  /** The commands that end the holds and what is mounted from them, the topmost first. */
  private static String release(List<Use> uses) {
    List<String> commands = new ArrayList<>();
    for (Use use : uses) {
      boolean ends = use.isHold() || (use.kind() == Use.Kind.MOUNT && !use.isDirect());
      if (ends && !use.isSystem() && !use.release().isEmpty()) {
        commands.remove(use.release());
        commands.add(0, use.release());
      }
    }
    return commands.isEmpty()
        ? "close that first, or take another disk"
        : "let it go first (" + String.join("; ", commands) + "), or take another disk";
  }

  /** What is mounted from a layer goes when the layer is closed, and not before. */
  private static void checkMounts(Device device, WriteIntent intent, List<Obstacle> found) {
    Predicate<Use> isMount =
        use -> use.kind() == Use.Kind.MOUNT && use.isDirect() && !use.isSystem();
    String mounts = intent.mayUnmount() ? "" : shown(device.uses(), isMount);
    if (!mounts.isEmpty()) {
      found.add(new Obstacle(Guard.MOUNTED, "is " + mounts, "unmount it first, or add --unmount"));
    }
  }

  private static void checkDevice(Device device, WriteIntent intent, List<Obstacle> found) {
    Geometry geometry = device.geometry();
    if (device.kind() == Device.Kind.DISK && geometry.size() == 0) {
      found.add(
          new Obstacle(Guard.NO_MEDIUM, "has no medium in it", "put the card or stick in first"));
      return;
    }
    if (geometry.isReadOnly()) {
      found.add(
          new Obstacle(
              Guard.READ_ONLY,
              "is write-protected",
              "look for a lock switch on the card or stick, or take another"));
    }
    if (device.kind() == Device.Kind.DISK
        && !geometry.isRemovable()
        && !device.bus().isPluggable()
        && !intent.mayBeFixed()) {
      found.add(
          new Obstacle(
              Guard.FIXED_DISK,
              "is a fixed disk (" + device.bus().shown() + "), not a stick or card",
              "if you really mean it, add --fixed-disk"));
    }
    long image = intent.imageSize().orElse(0);
    if (geometry.size() < image) {
      found.add(
          new Obstacle(
              Guard.TOO_SMALL,
              "holds " + geometry.size() + " bytes, and the image has " + image,
              "take a larger one"));
    }
  }

  private static String shown(List<Use> uses, Predicate<Use> wanted) {
    return String.join(", ", uses.stream().filter(wanted).map(Use::shown).distinct().toList());
  }
}
