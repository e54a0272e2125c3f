package zeroboot.cli.serve;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
  /** Files of single nodes that are kept, of each kind. */
  private static final int KEPT = 16;

  private final Map<Kind, Recipe> recipes;
  private volatile Map<Ipv4Address, Served> served;

  /**
   * How a kind of file is made.
   *
   * @param core that is in it
   * @param maker of images on that core
   * @param racks what each network is told by it
   */
  public record Recipe(IpxeCore core, ImageMaker maker, ServeRacks racks) {}

  /** What is served at one address from one version of the settings. */
  private record Served(Map<MacAddress, RackNode> listed, Map<Kind, Part> parts) {}

  /** One kind of file at one address. */
  private static final class Part {
    final Form form;
    final Recipe recipe;
    final Rack rack;
    final Map<MacAddress, RackNode> nodes = new HashMap<>();
    final BootFile whole;

    /** Whether that one file holds every node. */
    final boolean complete;

    /** By node; the one that was asked for longest ago goes first. */
    final LinkedHashMap<MacAddress, BootFile> single =
        new LinkedHashMap<>(KEPT, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<MacAddress, BootFile> eldest) {
            return size() > KEPT;
          }
        };

    Part(Kind kind, Recipe recipe, Rack rack) {
      form = kind == Kind.LKRN ? Forms.LKRN : Forms.EFI;
      this.recipe = recipe;
      this.rack = rack;
      rack.nodes().forEach(node -> nodes.put(node.mac(), node));
      Optional<BootFile> all = all();
      complete = all.isPresent();
      // Too large for all of them; each alone fits, and all others have what stands before.
      whole = all.orElseGet(() -> make(Rack.of(rack.defaults())));
    }

    private Optional<BootFile> all() {
      try {
        return Optional.of(make(rack));
      } catch (ZbootException e) {
        if (rack.nodes().isEmpty()) {
          throw e;
        }
        return Optional.empty();
      }
    }

    private BootFile make(Rack of) {
      return BootFile.of(
          recipe.maker().make(form, of, BootScripts.render(of, recipe.core())).bytes());
    }

    BootFile of(Optional<RackNode> node) {
      if (node.isEmpty() || complete) {
        return whole;
      }
      synchronized (single) {
        return single.computeIfAbsent(node.get().mac(), name -> make(Rack.of(node.get().spec())));
      }
    }

    BootFile script(Optional<RackNode> node) {
      BootSpec spec = node.map(RackNode::spec).orElse(rack.defaults());
      return BootFile.of(BootScripts.render(spec, recipe.core()).bytes());
    }
  }

  /**
   * Makes the files of {@code rack}, so that the first node does not wait for them.
   *
   * @param checks what their kernels have to be
   */
  public ServeFiles(Map<Kind, Recipe> recipes, Rack rack, KernelChecks checks) {
    this.recipes = new EnumMap<>(recipes);
    served = all(rack, checks);
  }

  /**
   * Serves this rack from now on.
   *
   * @throws ZbootException (settings) if its files cannot be made; the ones before stay
   */
  void change(Rack rack, KernelChecks checks) {
    Map<Ipv4Address, Served> next = all(rack, checks);
    recipes.values().forEach(recipe -> recipe.racks().require(checks));
    served = next;
  }

  private Map<Ipv4Address, Served> all(Rack rack, KernelChecks checks) {
    Map<MacAddress, RackNode> listed = new HashMap<>();
    rack.nodes().forEach(node -> listed.put(node.mac(), node));
    Map<Ipv4Address, Served> all = new LinkedHashMap<>();
    recipes.forEach(
        (kind, recipe) ->
            recipe
                .racks()
                .of(rack, checks)
                .forEach(
                    (at, each) ->
                        all.computeIfAbsent(
                                at, here -> new Served(listed, new EnumMap<>(Kind.class)))
                            .parts()
                            .put(kind, new Part(kind, recipe, each))));
    return all;
  }

  private Served at(Ipv4Address server) {
    Map<Ipv4Address, Served> now = served;
    Served known = now.get(server);
    return known == null ? now.values().iterator().next() : known;
  }

  @Override
  public boolean has(Kind kind) {
    return kind == Kind.SCRIPT || recipes.containsKey(kind);
  }

  @Override
  public BootFile file(Kind kind, Optional<MacAddress> node, Ipv4Address server) {
    boolean isScript = kind == Kind.SCRIPT;
    // Whose iPXE runs a script alone is not known: it cannot be one that trusts us by its files.
    Part part = at(server).parts().get(isScript ? Kind.LKRN : kind);
    if (part == null) {
      throw new IllegalStateException(kind.fileName());
    }
    Optional<RackNode> known = node.flatMap(mac -> Optional.ofNullable(part.nodes.get(mac)));
    return isScript ? part.script(known) : part.of(known);
  }

  private Map<MacAddress, RackNode> nodes() {
    return served.values().iterator().next().listed();
  }

  @Override
  public int listed() {
    return nodes().size();
  }

  @Override
  public Optional<String> name(MacAddress node) {
    return Optional.ofNullable(nodes().get(node)).map(known -> known.name().value());
  }

  /** Both kinds alike. */
  public static Map<Kind, Recipe> alike(IpxeCore core, ImageMaker maker, ServeRacks racks) {
    Recipe recipe = new Recipe(core, maker, racks);
    return Map.of(Kind.LKRN, recipe, Kind.EFI, recipe);
  }
}
