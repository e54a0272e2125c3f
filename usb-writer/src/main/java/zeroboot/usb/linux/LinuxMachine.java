package zeroboot.usb.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import zeroboot.usb.BlockReader;
import zeroboot.usb.Device;
import zeroboot.usb.Machine;
import zeroboot.usb.RawDevice;
import zeroboot.usb.file.FileBlockReader;
import zeroboot.usb.file.PlainFiles;

/** Linux. */
public final class LinuxMachine implements Machine {
  private final Path root;

  /** {@code root} is {@code /}; only a recorded machine has another. */
  public LinuxMachine(Path root) {
    this.root = root;
  }

  @Override
  public List<Device> devices() {
    return LinuxDevices.list(root).disks();
  }

  @Override
  public Device device(String path) {
    return LinuxDevices.judge(root).at(root.getFileSystem().getPath(path));
  }

  @Override
  public boolean holds(Device device, Path image) {
    return LinuxDevices.judge(root).holds(device, image);
  }

  @Override
  public BlockReader read(Device device) throws IOException {
    return FileBlockReader.open(root.getFileSystem().getPath(device.path()), device.size());
  }

  @Override
  public void checkRights(Device device) {
    PlainFiles.checkRights(device, root.getFileSystem().getPath(device.path()));
  }

  @Override
  public void unmount(Device device) {
    LinuxOpener.unmount(device, LinuxDevices.judge(root).directMounts(device));
  }

  @Override
  public RawDevice open(Device device) {
    return new LinuxOpener(this).open(device);
  }

  @Override
  public RawDevice create(Device file, Path at) {
    return LinuxOpener.create(file, at);
  }
}
