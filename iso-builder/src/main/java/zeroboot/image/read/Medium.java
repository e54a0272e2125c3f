package zeroboot.image.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import zeroboot.image.Form;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.Layout;
import zeroboot.spec.BootPath;
import zeroboot.spec.TargetFirmware;

/** What was found in a file or on a device. */
public sealed interface Medium {
  /** What programs call a medium that is none of zboot's. */
  String FOREIGN = "foreign";

  /** Where it was found. */
  Source source();

  /** What programs call it: the name of its form, {@code script} or {@link #FOREIGN}. */
  String kind();

  /** Bytes from its start that belong to the image; a device is usually larger. */
  long imageSize();

  /** Of these bytes, lower-case hexadecimal; empty if they are too many to be read. */
  Optional<String> sha256();

  /** What boots, by the way that firmware goes. */
  Map<BootPath, Half> halves();

  /** What lies where in the image. */
  Layout layout();

  /** Of its partition table. */
  List<MediumPartition> partitions();

  /** What else is seen, for people. */
  List<Fact> facts();

  /** Damage and contradictions. */
  List<Defect> defects();

  /**
   * A file or device.
   *
   * @param name its path
   * @param size in bytes
   */
  record Source(String name, long size) {
    static Source of(ByteSource source) {
      return new Source(source.name(), source.size());
    }
  }

  /**
   * A medium of zboot's own.
   *
   * @param form it has
   * @param record the file {@code ZBOOT.JSN}, which nothing that boots reads
   */
  record Image(
      Source source,
      Form form,
      long imageSize,
      Optional<String> sha256,
      Map<BootPath, Half> halves,
      Optional<byte[]> record,
      List<MediumPartition> partitions,
      Layout layout,
      List<Defect> defects)
      implements Medium {
    /** Keeps its own lists. */
    public Image {
      halves = Map.copyOf(halves);
      partitions = List.copyOf(partitions);
      defects = List.copyOf(defects);
    }

    @Override
    public String kind() {
      return form.shown();
    }

    @Override
    public List<Fact> facts() {
      return List.of();
    }
  }

  /**
   * A UEFI file of zboot's in a file system that somebody else made. Image and layout are that
   * file, partitions and facts are of the medium around it.
   *
   * @param file the same as a medium of its own
   * @param place where it is
   */
  record Surrounded(
      Source source,
      Image file,
      FoundFile place,
      List<MediumPartition> partitions,
      List<Fact> facts,
      List<Defect> defects)
      implements Medium {
    /** Keeps its own lists. */
    public Surrounded {
      partitions = List.copyOf(partitions);
      facts = List.copyOf(facts);
      defects = List.copyOf(defects);
    }

    @Override
    public String kind() {
      return file.kind();
    }

    @Override
    public long imageSize() {
      return file.imageSize();
    }

    @Override
    public Optional<String> sha256() {
      return file.sha256();
    }

    @Override
    public Map<BootPath, Half> halves() {
      return file.halves();
    }

    @Override
    public Layout layout() {
      return file.layout();
    }
  }

  /**
   * An iPXE script.
   *
   * @param text as it stands, a character a byte
   */
  record Script(
      Source source, long imageSize, Optional<String> sha256, String text, List<Defect> defects)
      implements Medium {
    /** Keeps its own lists. */
    public Script {
      defects = List.copyOf(defects);
    }

    @Override
    public String kind() {
      return "script";
    }

    /** What zboot try has: the iPXE of a BIOS machine is given the script. */
    @Override
    public Map<BootPath, Half> halves() {
      Extent all = layout().extents().get(0);
      return Map.of(BootPath.BIOS, new Half(text, new byte[0], new byte[0], all, List.of()));
    }

    @Override
    public Layout layout() {
      int length = text.getBytes(StandardCharsets.ISO_8859_1).length;
      return new Layout.Builder().extents(List.of(new Extent("script", 0, length))).build(length);
    }

    @Override
    public List<MediumPartition> partitions() {
      return List.of();
    }

    @Override
    public List<Fact> facts() {
      return List.of();
    }
  }

  /**
   * Somebody else's.
   *
   * @param damaged a UEFI file of zboot's in it that cannot be read any more
   */
  record Foreign(
      Source source,
      Optional<String> sha256,
      Optional<FoundFile> damaged,
      List<MediumPartition> partitions,
      List<Fact> facts,
      List<Defect> defects)
      implements Medium {
    /** Keeps its own lists. */
    public Foreign {
      partitions = List.copyOf(partitions);
      facts = List.copyOf(facts);
      defects = List.copyOf(defects);
    }

    @Override
    public String kind() {
      return FOREIGN;
    }

    @Override
    public long imageSize() {
      return source.size();
    }

    @Override
    public Map<BootPath, Half> halves() {
      return Map.of();
    }

    @Override
    public Layout layout() {
      return new Layout(0, List.of(), List.of());
    }
  }

  /**
   * What boots on one {@link BootPath}.
   *
   * @param script what it runs
   * @param stage our own code in it
   * @param core the iPXE file in it, as it was
   * @param place where the boot code lies in the image
   * @param signers who signed it for Secure Boot, by the subject of their certificates
   */
  record Half(String script, byte[] stage, byte[] core, Extent place, List<String> signers) {}

  /** Something that was seen: {@code volume}, {@code ZEROBOOT}. */
  record Fact(String label, String text) {}

  /** The path of the file or device. */
  default String name() {
    return source().name();
  }

  /** Of the file or device, in bytes. */
  default long size() {
    return source().size();
  }

  /** What boots on one way. */
  default Optional<Half> on(BootPath path) {
    return Optional.ofNullable(halves().get(path));
  }

  /** What a BIOS machine runs. */
  default Optional<Half> bios() {
    return on(BootPath.BIOS);
  }

  /** What a UEFI machine runs. */
  default Optional<Half> uefi() {
    return on(BootPath.UEFI_X64);
  }

  /** The form in which zboot made it, or the file in it; a script and what is foreign have none. */
  default Optional<Form> ownForm() {
    if (this instanceof Image image) {
      return Optional.of(image.form());
    }
    return this instanceof Surrounded one ? Optional.of(one.file().form()) : Optional.empty();
  }

  /** A file of zboot's in somebody's file system, whole or damaged: where it is. */
  default Optional<FoundFile> found() {
    if (this instanceof Surrounded one) {
      return Optional.of(one.place());
    }
    return this instanceof Foreign foreign ? foreign.damaged() : Optional.empty();
  }

  /** The file {@code ZBOOT.JSN} of a medium of zboot's own. */
  default Optional<byte[]> recorded() {
    return this instanceof Image image ? image.record() : Optional.empty();
  }

  /** What it boots; empty for what is not one of zboot's boot media. */
  default Optional<TargetFirmware> firmware() {
    return halves().isEmpty()
        ? Optional.empty()
        : Optional.of(TargetFirmware.of(halves().keySet()));
  }

  /** The script of a BIOS machine, else of a UEFI machine; they should be the same. */
  default Optional<String> script() {
    return bios().or(this::uefi).map(Half::script);
  }
}
