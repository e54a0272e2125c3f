package zeroboot.image.iso;

import java.util.Map;
import java.util.function.Function;
import zeroboot.image.iso.IsoLayout.Folder;
import zeroboot.image.plan.Extent;
import zeroboot.image.plan.PathTree;

/** Emits the structures that an {@link IsoLayout} planned. */
public final class IsoWriter {
  private static final int BLOCK = PrimaryVolumeDescriptor.BLOCK;

  private final IsoLayout layout;
  private final Map<String, Extent> files;
  private final byte[] bytes;

  private IsoWriter(IsoLayout layout, Map<String, Extent> files) {
    this.layout = layout;
    this.files = files;
    bytes = new byte[(int) (layout.firstFileBlock() - IsoLayout.FIRST_BLOCK) * BLOCK];
  }

  /**
   * What a volume is called.
   *
   * @param volumeId d-characters, at most 32
   * @param volumeSetId tells volumes of the same name apart, d-characters
   * @param spaceSize blocks of the whole image
   */
  public record Identity(String volumeId, String volumeSetId, long spaceSize) {}

  /**
   * The blocks from {@link IsoLayout#FIRST_BLOCK} up to {@link IsoLayout#firstFileBlock}.
   *
   * @param files where the files lie in the image; several may share bytes
   */
  public static byte[] write(IsoLayout layout, Identity identity, Map<String, Extent> files) {
    IsoWriter writer = new IsoWriter(layout, files);
    writer.writeDescriptors(identity);
    writer.writePathTable(layout.typeLPathTable(), PathTableRecord::toTypeL);
    writer.writePathTable(layout.typeMPathTable(), PathTableRecord::toTypeM);
    layout.folders().forEach(writer::writeFolder);
    return writer.bytes;
  }

  private void writeDescriptors(Identity identity) {
    PrimaryVolumeDescriptor primary =
        new PrimaryVolumeDescriptor(
            identity.volumeId(),
            identity.spaceSize(),
            layout.pathTableSize(),
            layout.typeLPathTable(),
            layout.typeMPathTable(),
            directory(DirectoryRecord.SELF, layout.folders().get(0)),
            identity.volumeSetId(),
            "ZBOOT");
    put(IsoLayout.FIRST_BLOCK, 0, primary.toBytes());
    BootRecordVolumeDescriptor boot = new BootRecordVolumeDescriptor(IsoLayout.CATALOG_BLOCK);
    put(IsoLayout.FIRST_BLOCK + 1, 0, boot.toBytes());
    put(IsoLayout.FIRST_BLOCK + 2, 0, VolumeDescriptorSetTerminator.toBytes());
  }

  private void writePathTable(long block, Function<PathTableRecord, byte[]> form) {
    int at = 0;
    for (Folder folder : layout.folders()) {
      PathTableRecord entry =
          new PathTableRecord(folder.identifier(), folder.block(), folder.parent());
      at = put(block, at, form.apply(entry));
    }
  }

  private void writeFolder(Folder folder) {
    Folder parent = layout.folders().get(folder.parent() - 1);
    int at = put(folder.block(), 0, directory(DirectoryRecord.SELF, folder).toBytes());
    at = put(folder.block(), at, directory(DirectoryRecord.PARENT, parent).toBytes());
    for (String child : layout.paths().children(folder.path())) {
      byte[] entry = child(child).toBytes();
      at = put(folder.block(), IsoLayout.nextRecord(at, entry.length), entry);
    }
  }

  private DirectoryRecord child(String path) {
    Extent file = files.get(path);
    if (file == null) {
      return directory(PathTree.name(path), folder(path));
    }
    if (file.offset() % BLOCK != 0) {
      throw new IllegalArgumentException(file + " does not begin with a block");
    }
    return new DirectoryRecord(
        IsoLayout.fileIdentifier(path), file.offset() / BLOCK, file.length(), false);
  }

  private Folder folder(String path) {
    return layout.folders().stream()
        .filter(folder -> folder.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no extent for " + path));
  }

  private static DirectoryRecord directory(String identifier, Folder folder) {
    return new DirectoryRecord(identifier, folder.block(), folder.size(), true);
  }

  private int put(long block, int offset, byte[] structure) {
    int at = (int) (block - IsoLayout.FIRST_BLOCK) * BLOCK + offset;
    System.arraycopy(structure, 0, bytes, at, structure.length);
    return offset + structure.length;
  }
}
