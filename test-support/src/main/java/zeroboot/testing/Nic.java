package zeroboot.testing;

/**
 * A network card and what it is plugged into. Immutable; every method gives a changed copy.
 *
 * @param model a device name of QEMU
 * @param mac its address, {@code 52:54:00:…}
 * @param linkUp whether the cable is plugged in when the machine starts
 * @param serverUp whether the network behind the cable answers when the machine starts
 * @param rom whether the card brings its own boot ROM (BIOS), which costs seconds
 * @param network what the cable leads to: a network backend of QEMU with its options
 */
public record Nic(
    String model, String mac, boolean linkUp, boolean serverUp, boolean rom, String network) {

  /** A virtio card in a network with DHCP and a way to this machine's loopback address. */
  public static Nic virtio() {
    return new Nic("virtio-net-pci", "52:54:00:00:53:01", true, true, false, "user");
  }

  /** An Intel e1000 card: unlike virtio under iPXE, it knows whether it has link. */
  public static Nic e1000() {
    return virtio().model("e1000");
  }

  /** Another kind of card, by QEMU's name for the device. */
  public Nic model(String name) {
    return new Nic(name, mac, linkUp, serverUp, rom, network);
  }

  /** Another address. */
  public Nic mac(String address) {
    return new Nic(model, address, linkUp, serverUp, rom, network);
  }

  /** The cable is not plugged in; {@link QemuMachine#link} plugs it in. */
  public Nic unplugged() {
    return new Nic(model, mac, false, serverUp, rom, network);
  }

  /** There is link, but nobody answers until {@link QemuMachine#network} says so. */
  public Nic silentNetwork() {
    return new Nic(model, mac, linkUp, false, rom, network);
  }

  /** With the boot ROM that QEMU has for the card. */
  public Nic withBootRom() {
    return new Nic(model, mac, linkUp, serverUp, true, network);
  }

  /** Options of the user network: {@code tftp=FOLDER,bootfile=NAME}, {@code restrict=on}, … */
  public Nic network(String options) {
    return pluggedInto("user," + options);
  }

  Nic pluggedInto(String backend) {
    return new Nic(model, mac, linkUp, serverUp, rom, backend);
  }
}
