package zeroboot.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PC for one boot, as a command line of QEMU. Nothing that it is given is ever written to: disks
 * are in snapshot mode, CDs and kernels read-only.
 *
 * @param qemu the program
 * @param ovmf empty for a BIOS machine
 * @param bootable what it boots
 * @param network its cards
 * @param display the window that shows it, empty for none
 */
record VirtualMachine(
    Path qemu,
    Optional<QemuFiles.Ovmf> ovmf,
    Bootable bootable,
    GuestNetwork network,
    Optional<Window> display) {

  /**
   * A window of QEMU's own.
   *
   * @param kind as QEMU calls it: {@code gtk}, {@code sdl}, …
   * @param serialPort a file with the port's number, which makes a BIOS show its screen there too
   */
  record Window(String kind, Path serialPort) {}

  /** Room for a kernel of any size that is fetched; Zero-OS itself would want more. */
  private static final String MEMORY = "1G";

  private static final int BIOS_COLUMNS = 80;

  /** After how many columns its serial line breaks lines that are whole. */
  int columns() {
    return ovmf.isPresent() ? Integer.MAX_VALUE : BIOS_COLUMNS;
  }

  /** The command line. QEMU must not choose an accelerator by itself: it would not say which. */
  List<String> command(Accelerator accelerator) {
    List<String> command = new ArrayList<>(List.of(qemu.toString()));
    // Without graphics SeaBIOS mirrors its screen to the serial port, and so do int 10h users.
    command.addAll(List.of("-machine", "pc" + (display.isPresent() ? "" : ",graphics=off")));
    command.addAll(List.of("-accel", accelerator.id(), "-m", MEMORY));
    command.addAll(List.of("-nodefaults", "-no-user-config", "-no-reboot", "-serial", "stdio"));
    addDisplay(command);
    ovmf.ifPresent(files -> addOvmf(command, files));
    String netdev = addMedium(command);
    addCards(command, netdev);
    return command;
  }

  private void addDisplay(List<String> command) {
    if (display.isEmpty()) {
      command.addAll(List.of("-display", "none", "-vga", "none"));
      return;
    }
    command.addAll(List.of("-display", display.get().kind(), "-vga", "std"));
    if (ovmf.isEmpty()) {
      String port = "name=etc/sercon-port,file=" + escaped(display.get().serialPort());
      command.addAll(List.of("-fw_cfg", port));
    }
  }

  private static void addOvmf(List<String> command, QemuFiles.Ovmf files) {
    String flash = "if=pflash,format=raw,";
    command.addAll(List.of("-drive", flash + "readonly=on,file=" + escaped(files.code())));
    command.addAll(List.of("-drive", flash + "snapshot=on,file=" + escaped(files.variables())));
  }

  /** Returns what the user network needs to know of it. */
  private String addMedium(List<String> command) {
    String drive = "id=medium,if=none,format=raw,file=";
    if (bootable instanceof Bootable.Cd cd) {
      command.addAll(List.of("-drive", "media=cdrom,readonly=on," + drive + escaped(cd.image())));
      command.addAll(List.of("-device", "ide-cd,drive=medium,bootindex=0"));
    } else if (bootable instanceof Bootable.Stick stick) {
      command.addAll(List.of("-drive", "snapshot=on," + drive + escaped(stick.image())));
      command.addAll(List.of("-device", "qemu-xhci"));
      command.addAll(List.of("-device", "usb-storage,drive=medium,bootindex=0"));
    } else if (bootable instanceof Bootable.Kernel kernel) {
      command.addAll(List.of("-kernel", kernel.file().toString()));
    } else if (bootable instanceof Bootable.KernelWithRamDisk kernel) {
      command.addAll(List.of("-kernel", kernel.file().toString()));
      command.addAll(List.of("-initrd", escaped(kernel.ramDisk()))); // a list, to QEMU
    } else if (bootable instanceof Bootable.Network server) {
      return ",tftp=" + escaped(server.folder()) + ",bootfile=" + server.file();
    }
    return "";
  }

  /** The cards before the last are there, but no cable is plugged in. */
  private void addCards(List<String> command, String netdev) {
    int last = network.macs().size() - 1;
    command.addAll(List.of("-netdev", "user,id=network" + netdev + network.options()));
    for (int i = 0; i <= last; i++) {
      boolean fromNetwork = i == last && bootable instanceof Bootable.Network;
      String rom = fromNetwork ? ",bootindex=0" : ",romfile=";
      String wire = i == last ? ",netdev=network" : "";
      command.addAll(
          List.of("-device", "virtio-net-pci,mac=" + network.macs().get(i) + wire + rom));
    }
  }

  /** A comma would begin another option. */
  private static String escaped(Path path) {
    return path.toString().replace(",", ",,");
  }
}
