package zeroboot.server.dhcp;

import java.util.Optional;
import zeroboot.server.net.LocalInterface;
import zeroboot.spec.Ipv4Address;

/** Hears what boot clients ask for and get. Called in the thread of the packets. */
public interface DhcpListener {
  /**
   * A client asked who can boot it.
   *
   * @param port 67, or 4011 where it asks the boot server alone
   */
  void asked(BootClient client, LocalInterface by, int port);

  /** It was told this file. */
  void answered(BootClient client, LocalInterface by, int port, String file);

  /** It gets no answer. */
  void ignored(BootClient client, LocalInterface by, String why);

  /**
   * It told everybody whose address it takes.
   *
   * @param server of the DHCP server that it chose
   * @param address that it will have
   */
  void chose(BootClient client, Optional<Ipv4Address> server, Optional<Ipv4Address> address);

  /** Something that concerns no client: an interface that went, a packet that could not be sent. */
  void failed(String what);
}
