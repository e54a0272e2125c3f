package zeroboot.cli.serve;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import zeroboot.core.IpxeCore;
import zeroboot.ground.ZbootException;
import zeroboot.image.Form;
import zeroboot.image.Forms;
import zeroboot.image.ImageMaker;
import zeroboot.script.BootScripts;
import zeroboot.server.files.BootFile;
import zeroboot.server.files.BootFiles;
import zeroboot.spec.BootSpec;
import zeroboot.spec.Ipv4Address;
import zeroboot.spec.MacAddress;
import zeroboot.spec.Rack;
import zeroboot.spec.RackNode;

/**
 * The files of {@code zboot serve}, made in memory. One file holds a whole rack, so that all nodes
 * may fetch at once from one array; a rack that is too large for one has a file for each node.
 */
public final class ServeFiles implements BootFiles {
  /** Files of single nodes that are kept. */
  private static final int KEPT = 16;

  private final IpxeCore core;
  private final ImageMaker maker;
  private final ServeRacks racks;
  private volatile Map<Ipv4Address, Served> served;

  /** What is served from one version of the settings. */
  private static final class Served {
    final Rack rack;
    final Map<MacAddress, RackNode> nodes = new HashMap<>();
    final Map<Kind, BootFile> whole = new EnumMap<>(Kind.class);

    /** Kinds whose one file holds every node. */
    final Set<Kind> complete = EnumSet.noneOf(Kind.class);

    /** By node and kind; the one that was asked for longest ago goes first. */
    final LinkedHashMap<String, BootFile> single =
        new LinkedHashMap<>(KEPT, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, BootFile> eldest) {
            return size() > KEPT;
          }
        };

    Served(Rack rack) {
      this.rack = rack;
      rack.nodes().forEach(node -> nodes.put(node.mac(), node));
    }
  }

  /** Makes the files of {@code rack}, so that the first node does not wait for them. */
  public ServeFiles(IpxeCore core, ImageMaker maker, ServeRacks racks, Rack rack) {
    this.core = core;
    this.maker = maker;
    this.racks = racks;
    served = all(rack);
  }

  /**
   * Serves this rack from now on.
   *
   * @throws ZbootException (settings) if its files cannot be made; the ones before stay
   */
  void change(Rack rack) {
    served = all(rack);
  }

  private Map<Ipv4Address, Served> all(Rack rack) {
    Map<Rack, Served> made = new HashMap<>(); // most often the same one on all networks
    Map<Ipv4Address, Served> all = new LinkedHashMap<>();
    racks.of(rack).forEach((at, each) -> all.put(at, made.computeIfAbsent(each, this::make)));
    return all;
  }

  private Served at(Ipv4Address server) {
    Map<Ipv4Address, Served> now = served;
    Served known = now.get(server);
    return known == null ? now.values().iterator().next() : known;
  }

  private Served make(Rack rack) {
    Served made = new Served(rack);
    for (Kind kind : List.of(Kind.LKRN, Kind.EFI)) {
      try {
        made.whole.put(kind, make(kind, rack));
        made.complete.add(kind);
      } catch (ZbootException e) {
        if (rack.nodes().isEmpty()) {
          throw e;
        }
        // Too large for all of them; each alone fits, and all others have what stands before.
        made.whole.put(kind, make(kind, Rack.of(rack.defaults())));
      }
    }
    return made;
  }

  private BootFile make(Kind kind, Rack rack) {
    Form form = kind == Kind.LKRN ? Forms.LKRN : Forms.EFI;
    return BootFile.of(maker.make(form, rack, BootScripts.render(rack, core)).bytes());
  }

  @Override
  public BootFile file(Kind kind, Optional<MacAddress> node, Ipv4Address server) {
    Served now = at(server);
    Optional<RackNode> known = node.flatMap(mac -> Optional.ofNullable(now.nodes.get(mac)));
    if (kind == Kind.SCRIPT) {
      BootSpec spec = known.map(RackNode::spec).orElse(now.rack.defaults());
      return BootFile.of(BootScripts.render(spec, core).bytes());
    }
    BootFile whole = now.whole.get(kind);
    if (whole == null) {
      throw new IllegalStateException(kind.fileName());
    }
    return known.isEmpty() || now.complete.contains(kind) ? whole : single(now, kind, known.get());
  }

  private BootFile single(Served now, Kind kind, RackNode node) {
    synchronized (now.single) {
      return now.single.computeIfAbsent(
          kind.fileName() + node.mac(), name -> make(kind, Rack.of(node.spec())));
    }
  }

  @Override
  public Optional<String> name(MacAddress node) {
    return Optional.ofNullable(served.values().iterator().next().nodes.get(node))
        .map(known -> known.name().value());
  }
}
