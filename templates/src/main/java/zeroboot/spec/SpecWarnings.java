package zeroboot.spec;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What is allowed, but what the user should know about before he walks to the rack. */
final class SpecWarnings {
  private final BootSpec spec;
  private final Settings settings;
  private final List<String> warnings = new ArrayList<>();

  private SpecWarnings(BootSpec spec) {
    this.spec = spec;
    settings = spec.settings();
  }

  static List<String> of(BootSpec spec) {
    SpecWarnings all = new SpecWarnings(spec);
    all.encryption();
    all.forTheDownloadOnly();
    all.names();
    all.zeroOs();
    all.failure();
    return List.copyOf(all.warnings);
  }

  private void encryption() {
    for (KernelUrl url : spec.kernelUrls()) {
      if (!url.encrypted()) {
        add(
            url
                + " is plain HTTP: whoever sits between the node and that server can replace the"
                + " kernel.");
      }
    }
    spec.provisionUrl()
        .filter(url -> !url.encrypted())
        .ifPresent(
            url ->
                add(
                    url
                        + " is plain HTTP: whoever sits between the node and that server decides"
                        + " what the node runs."));
  }

  /** Zero-OS starts over: it asks every card for an address by DHCP. */
  private void forTheDownloadOnly() {
    if (spec.address().isPresent()) {
      add(
          "A fixed address is for fetching the kernel only. Zero-OS starts over and needs DHCP with"
              + " a gateway all the same.");
    }
    if (spec.address().isEmpty() && !spec.dns().isEmpty()) {
      add("The DNS servers are for fetching the kernel only; Zero-OS takes those of its DHCP.");
    }
    if (spec.card().isPresent()) {
      add(
          "The chosen network card is for fetching the kernel only. Zero-OS tries every card that"
              + " is plugged in.");
    }
    settings
        .given(Setting.NTP)
        .ifPresent(
            ntp -> add("The time server is for fetching the kernel only; Zero-OS has its own."));
  }

  private void names() {
    if (spec.address().isEmpty()) {
      return;
    }
    if (settings.given(Setting.GATEWAY).isEmpty()) {
      add("There is no gateway: the node reaches only servers in its own network.");
    }
    List<String> urls = new ArrayList<>(spec.kernelUrls().stream().map(KernelUrl::value).toList());
    spec.provisionUrl().ifPresent(url -> urls.add(url.value()));
    boolean named = urls.stream().anyMatch(url -> !URI.create(url).getHost().matches("[0-9.]+"));
    if (spec.dns().isEmpty() && named) {
      add(
          "There is no DNS server: with a fixed address the node cannot find a server by its name."
              + " Add --dns A.B.C.D.");
    }
  }

  private void zeroOs() {
    if (spec.network() == GridNetwork.MAIN && settings.given(Setting.SSH_USER).isPresent()) {
      add("Zero-OS ignores the SSH user on the main network.");
    }
    if (settings.given(Setting.PUBLIC_VLAN).isPresent()) {
      add("The public VLAN works on a node with one network card only.");
    }
    boolean serial =
        settings.values(Setting.CONSOLE).stream().anyMatch(text -> text.startsWith("ttyS"));
    if (serial) {
      add(
          "The serial console begins with Linux. What comes before goes to the screen, and to the"
              + " serial port only if the machine's firmware copies the screen there: this iPXE has"
              + " no serial console of its own.");
    }
  }

  private void failure() {
    if (spec.onFailure() == FailureAction.SHELL) {
      add("After a failure this node opens a command line to whoever stands before it.");
    }
  }

  private void add(String sentence) {
    warnings.add(sentence);
  }
}
