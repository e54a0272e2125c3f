package zeroboot.usb.macos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Device;
import zeroboot.usb.Machine;
import zeroboot.usb.Quietly;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;
import zeroboot.usb.Use;
import zeroboot.usb.file.FileBlockReader;
import zeroboot.usb.file.FileDevice;
import zeroboot.usb.file.PlainFiles;

/** macOS. */
public final class MacMachine implements Machine {
  private final Commands commands;

  /** The Mac that this program runs on. */
  public MacMachine() {
    this(new SystemCommands());
  }

  MacMachine(Commands commands) {
    this.commands = commands;
  }

  @Override
  public List<Device> devices() {
    return MacDevices.read(commands).disks();
  }

  @Override
  public Device device(String path) {
    Device device = MacDevices.read(commands).at(path);
    return device == null ? PlainFiles.at(Path.of(path)) : device;
  }

  @Override
  public boolean holds(Device device, Path image) {
    Path real = PlainFiles.real(image);
    if (real.equals(PlainFiles.real(Path.of(device.path())))) {
      return true;
    }
    if (device.kind() == Device.Kind.FILE) {
      return false;
    }
    MacDevices devices = MacDevices.read(commands);
    return devices.holds(device, real.toString()) || devices.holds(device, source(real));
  }

  /** {@code /dev/disk5s1}: on macOS, the name of a file store is what is mounted there. */
  private static String source(Path file) {
    try {
      return Files.getFileStore(file).name();
    } catch (IOException e) {
      return "";
    }
  }

  /** Through the node with a cache, which gives any bytes. */
  @Override
  public BlockReader read(Device device) throws IOException {
    return FileBlockReader.open(Path.of(device.path()), device.size());
  }

  @Override
  public void checkRights(Device device) {
    PlainFiles.checkRights(device, Path.of(device.path()));
  }

  /** Volumes of APFS containers on the disk first; {@code force} is never asked for. */
  @Override
  public void unmount(Device device) {
    if (device.uses().stream().noneMatch(use -> use.kind() == Use.Kind.MOUNT)) {
      return;
    }
    List<String> disks = new ArrayList<>(MacDevices.read(commands).containersOn(device.name()));
    disks.add(device.name());
    for (String disk : disks) {
      try {
        commands.run("/usr/sbin/diskutil", "unmountDisk", disk);
      } catch (IOException e) {
        throw Refusals.cannotUnmount(
            device,
            "/dev/" + disk,
            String.valueOf(e.getMessage()),
            "close what is open there; sudo lsof | grep /Volumes shows it");
      }
    }
  }

  @Override
  public RawDevice open(Device device) {
    if (device.kind() == Device.Kind.FILE) {
      return FileDevice.open(device);
    }
    MacDevice open = MacDevice.open(device, commands);
    try {
      Refusals.checkSame(device, device(device.path()), open.size());
      return open;
    } catch (RuntimeException e) {
      Quietly.close(open);
      throw e;
    }
  }

  @Override
  public RawDevice create(Device file, Path at) {
    return FileDevice.create(file, at);
  }
}
