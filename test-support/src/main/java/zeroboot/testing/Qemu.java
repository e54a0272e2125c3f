package zeroboot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans a virtual PC; {@link #start()} switches it on. The screen comes out on the serial line, no
 * image file is ever altered, and the machine switches off where a PC would reboot.
 */
public final class Qemu {
  private final Firmware firmware;
  private final List<String> options = new ArrayList<>();
  private final List<Nic> nics = new ArrayList<>();
  private String machine = "pc";
  private String memory = "512M";
  private int drives;
  private @Nullable Path code;
  private @Nullable Path variables;
  private List<String> wrapper = List.of();

  private Qemu(Firmware firmware) {
    this.firmware = firmware;
  }

  /** A PC with this firmware, 512 MiB and neither disk nor network. */
  public static Qemu with(Firmware firmware) {
    Qemu qemu = new Qemu(firmware);
    return firmware == Firmware.UEFI_SECURE_BOOT ? qemu.q35() : qemu;
  }

  /** The younger of QEMU's two PCs: PCI Express, AHCI in the place of IDE. */
  public Qemu q35() {
    machine = "q35";
    return this;
  }

  /** Another build of the UEFI firmware. */
  public Qemu code(Path build) {
    code = build;
    return this;
  }

  /** UEFI firmware starts with a copy of these variables instead of fresh ones. */
  public Qemu variables(Path store) {
    variables = store;
    return this;
  }

  /** The size of the memory, in MiB. */
  public Qemu memory(int mebibytes) {
    memory = mebibytes + "M";
    return this;
  }

  /** A disk that holds this image; the earlier a drive is attached, the earlier it is booted. */
  public Qemu disk(DiskBus bus, Path image) {
    String id = drive(image, "");
    String port = controller(bus.controller(), id);
    return option("-device", bus.device() + ",drive=" + id + port + bootIndex());
  }

  /** A CD drive with this image in it. */
  public Qemu cd(CdBus bus, Path image) {
    String id = drive(image, ",media=cdrom");
    String port = controller(bus.controller(), id);
    if (!bus.bridge().isEmpty()) {
      option("-device", bus.bridge() + ",id=bridge-" + id + port);
      port = ",bus=bridge-" + id + ".0";
    }
    return option("-device", bus.device() + ",drive=" + id + port + bootIndex());
  }

  private String drive(Path image, String further) {
    String id = "drive" + drives++;
    option("-drive", "if=none,format=raw,snapshot=on,id=" + id + ",file=" + image + further);
    return id;
  }

  private String controller(String device, String id) {
    if (device.isEmpty()) {
      return "";
    }
    option("-device", device + ",id=bus-" + id);
    return ",bus=bus-" + id + ".0";
  }

  private String bootIndex() {
    return ",bootindex=" + drives;
  }

  /** A network card; the first is net0 of the guest. */
  public Qemu nic(Nic nic) {
    nics.add(nic);
    return this;
  }

  /** Boots this kernel without any medium; the initial RAM disk may be any file. */
  public Qemu kernel(Path kernel, Path initrd, String commandLine) {
    return option("-kernel", kernel.toString(), "-initrd", initrd.toString())
        .option("-append", commandLine);
  }

  /**
   * An initial RAM disk that neither firmware nor boot loader knows of: it lies in a memory module
   * at 4 GiB, which they leave alone. Linux uses it with {@link LinuxKernel#ramDiskArgument}.
   *
   * @param cpio a whole number of {@link LinuxKernel#RAM_DISK_UNIT} bytes long
   */
  public Qemu ramDisk(Path cpio) {
    try {
      option(
          "-object",
          "memory-backend-file,readonly=on,id=module,mem-path="
              + cpio
              + ",size="
              + Files.size(cpio));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    memory += ",slots=1,maxmem=8G";
    return option("-device", "pc-dimm,memdev=module,addr=" + LinuxKernel.RAM_DISK_ADDRESS);
  }

  /**
   * The guest's clock jumps over every wait of the guest, so that minutes of trying again pass in
   * seconds. Not for a guest that hears from outside: to it, the world is very slow.
   */
  public Qemu skipWaits() {
    // One instruction takes 2^6 ns: without sleep=off, an idle guest would wait in real time.
    return option("-icount", "shift=6,sleep=off");
  }

  /** QEMU itself runs in this network, which its cards can then be plugged into. */
  Qemu in(NetworkNamespace namespace) {
    wrapper = namespace.wrapper();
    return this;
  }

  /** Further options of QEMU, as they are. */
  public Qemu option(String... words) {
    options.addAll(List.of(words));
    return this;
  }

  /** Switches the machine on. */
  public QemuMachine start() {
    String program = ForeignTool.require("qemu-system-x86_64").path();
    try {
      Path folder = Files.createTempDirectory("zboot-qemu");
      Path control = folder.resolve("qmp");
      List<String> command = new ArrayList<>(wrapper);
      command.add(program);
      addBase(command, folder);
      command.addAll(options);
      addNics(command);
      // Stopped (-S) until the cables are as planned.
      command.addAll(List.of("-S", "-qmp", "unix:" + control + ",server=on,wait=off"));
      QemuMachine running = QemuMachine.launch(command, folder, firmware.columns());
      try {
        plugCables(running);
        running.resume();
        return running;
      } catch (RuntimeException | Error e) {
        running.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void plugCables(QemuMachine running) {
    for (int i = 0; i < nics.size(); i++) {
      running.link(i, nics.get(i).linkUp());
      running.network(i, nics.get(i).serverUp());
    }
  }

  private void addBase(List<String> command, Path folder) throws IOException {
    String smm = firmware == Firmware.UEFI_SECURE_BOOT ? ",smm=on" : "";
    // Without graphics SeaBIOS mirrors its screen to the serial port, and so do int 10h users.
    command.addAll(List.of("-machine", machine + ",graphics=off" + smm, "-accel", "tcg"));
    command.addAll(List.of("-nodefaults", "-no-user-config", "-no-reboot", "-m", memory));
    command.addAll(List.of("-display", "none", "-vga", "none"));
    // Open before the machine starts, so nothing is lost. Standard input has another use.
    String serial = "pipe,id=serial,path=" + folder.resolve(QemuMachine.SERIAL);
    command.addAll(List.of("-chardev", serial, "-serial", "chardev:serial"));
    if (firmware.isUefi()) {
      Path from = variables == null ? firmware.variables() : variables;
      Path copy = Files.copy(from, folder.resolve(QemuMachine.VARIABLES));
      String flash = "if=pflash,format=raw,file=";
      command.addAll(List.of("-drive", flash + program() + ",readonly=on"));
      command.addAll(List.of("-drive", flash + copy));
    }
    if (firmware == Firmware.UEFI_SECURE_BOOT) {
      command.addAll(List.of("-global", "driver=cfi.pflash01,property=secure,value=on"));
    }
  }

  private Path program() {
    return code == null ? firmware.code() : code;
  }

  // network - hub - card: between the hub and the network a cut is silent, between the hub and
  // the card it is a lost link.
  private void addNics(List<String> command) {
    for (int i = 0; i < nics.size(); i++) {
      Nic nic = nics.get(i);
      String rom = nic.rom() ? ",bootindex=" + (drives + 1 + i) : ",romfile=";
      command.addAll(List.of("-netdev", nic.network() + ",id=network" + i));
      String hub = "hubport,hubid=" + i;
      command.addAll(List.of("-netdev", hub + ",id=uplink" + i + ",netdev=network" + i));
      command.addAll(List.of("-netdev", hub + ",id=port" + i));
      String card = nic.model() + ",id=nic" + i + ",mac=" + nic.mac() + ",netdev=port" + i;
      command.addAll(List.of("-device", card + rom));
    }
  }
}
