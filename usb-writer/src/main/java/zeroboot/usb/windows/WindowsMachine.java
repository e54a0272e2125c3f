package zeroboot.usb.windows;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Device;
import zeroboot.usb.DeviceException;
import zeroboot.usb.Machine;
import zeroboot.usb.Quietly;
import zeroboot.usb.RawDevice;
import zeroboot.usb.Refusals;
import zeroboot.usb.file.FileBlockReader;
import zeroboot.usb.file.FileDevice;
import zeroboot.usb.file.PlainFiles;
import zeroboot.usb.write.AlignedReader;

/** Windows. */
public final class WindowsMachine implements Machine {
  private final Win32 windows;

  /** The computer that this program runs on. */
  public WindowsMachine() {
    this(new NativeWin32());
  }

  WindowsMachine(Win32 windows) {
    this.windows = windows;
  }

  @Override
  public List<Device> devices() {
    return WindowsDevices.read(windows).disks();
  }

  @Override
  public Device device(String path) {
    Device device = WindowsDevices.read(windows).at(path);
    if (device != null) {
      return device;
    }
    try {
      return PlainFiles.at(Path.of(path));
    } catch (InvalidPathException e) {
      throw DeviceException.io(path, "is not the name of a file", "zboot devices lists the disks");
    }
  }

  @Override
  public boolean holds(Device device, Path image) {
    String file = PlainFiles.real(image).toString();
    return file.equalsIgnoreCase(device.path()) || WindowsDevices.read(windows).holds(device, file);
  }

  @Override
  public BlockReader read(Device device) throws IOException {
    return device.kind() == Device.Kind.FILE
        ? FileBlockReader.open(Path.of(device.path()), device.size())
        : new AlignedReader(WindowsDevice.openToRead(windows, device));
  }

  /** Windows shows a disk's bytes to administrators only, as it lets only them write. */
  @Override
  public void checkRights(Device device) {
    if (device.kind() == Device.Kind.DISK) {
      WindowsDevice.checkRights(windows, device);
    }
  }

  /**
   * Only finds out whether it can be done. Windows mounts a volume again as soon as anybody looks
   * at it, so it is dismounted when the disk is opened, and then stays so.
   */
  @Override
  public void unmount(Device device) {
    WindowsDevice.tryLocks(windows, device, volumesOf(device));
  }

  private List<Volume> volumesOf(Device device) {
    return WindowsDevices.read(windows).volumesOn(DiskName.number(device.path()));
  }

  @Override
  public RawDevice open(Device device) {
    if (device.kind() == Device.Kind.FILE) {
      return FileDevice.open(device);
    }
    WindowsDevice open = WindowsDevice.openToWrite(windows, device, volumesOf(device));
    try {
      if (!Long.toString(open.number()).equals(device.identity().number())) {
        throw Refusals.changed(device, "another device has taken its name");
      }
      Refusals.checkSame(device, device(device.path()), open.size());
      return open;
    } catch (IOException | RuntimeException e) {
      Quietly.close(open);
      if (e instanceof RuntimeException known) {
        throw known;
      }
      throw Refusals.changed(device, "it cannot be looked at any more");
    }
  }

  @Override
  public RawDevice create(Device file, Path at) {
    return FileDevice.create(file, at);
  }
}
