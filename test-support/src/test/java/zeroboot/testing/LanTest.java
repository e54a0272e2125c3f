package zeroboot.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanTest {
  @Test
  void twoWithTheSameAddressesLeaveNothingBehind(@TempDir Path folder) {
    List<ProcessHandle> processes = new ArrayList<>();
    try (Lan one = Lan.create(folder);
        Lan other = Lan.create(folder)) {
      for (Lan lan : List.of(one, other)) {
        lan.serve(folder);
        Dnsmasq dnsmasq = lan.dnsmasq("--dhcp-range=192.0.2.100,192.0.2.199,1h");
        assertTrue(dnsmasq.text().contains("dnsmasq-dhcp"), dnsmasq.text());
        assertEquals(List.of(), dnsmasq.given());
        assertEquals(List.of(), lan.requests());
      }
      processes.addAll(ProcessHandle.current().descendants().toList());
      // Of each: what holds it, and the two servers.
      assertTrue(processes.size() >= 6, processes.toString());
    }
    processes.forEach(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }
}
