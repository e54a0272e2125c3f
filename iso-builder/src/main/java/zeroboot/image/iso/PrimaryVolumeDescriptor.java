package zeroboot.image.iso;

import zeroboot.image.bytes.SpecReader;
import zeroboot.image.bytes.SpecWriter;

/**
 * Primary volume descriptor (ECMA-119 section 8.4), 2048 bytes.
 *
 * @param volumeId name of the volume, d-characters
 * @param spaceSize blocks of the volume, the system area included
 * @param pathTableSize in bytes
 * @param typeLPathTable block of the path table with the least significant byte first
 * @param typeMPathTable block of the path table with the most significant byte first
 * @param root record of the root directory
 * @param volumeSetId tells volumes of the same name apart, d-characters
 * @param applicationId what made it, a-characters
 */
public record PrimaryVolumeDescriptor(
    String volumeId,
    long spaceSize,
    long pathTableSize,
    long typeLPathTable,
    long typeMPathTable,
    DirectoryRecord root,
    String volumeSetId,
    String applicationId) {
  /** Size of a logical block and of a logical sector; nobody records CDs with another. */
  public static final int BLOCK = 2048;

  static final int TYPE = 1;

  private static final int VOLUME_ID = 40;
  private static final int SPACE_SIZE = 80;
  private static final int BLOCK_SIZE = 128;
  private static final int PATH_TABLE_SIZE = 132;
  private static final int TYPE_L_PATH_TABLE = 140;
  private static final int TYPE_M_PATH_TABLE = 148;
  private static final int ROOT = 156;
  private static final int VOLUME_SET_ID = 190;
  private static final int APPLICATION_ID = 574;

  /** How long the volume is, in bytes. */
  long volumeSize() {
    return spaceSize * BLOCK;
  }

  byte[] toBytes() {
    SpecWriter w = new SpecWriter(BLOCK);
    VolumeDescriptor.begin(w, TYPE); // §8.4.1 to §8.4.3
    w.at(VolumeDescriptor.HEAD).zeros(1); // §8.4.4 unused
    w.at(8).spacePadded("", 32); // §8.4.5 system identifier
    w.at(VOLUME_ID).spacePadded(volumeId, 32); // §8.4.6 volume identifier
    w.at(72).zeros(8); // §8.4.7 unused
    w.at(SPACE_SIZE).bothEndian32(spaceSize); // §8.4.8 volume space size
    w.at(88).zeros(32); // §8.4.9 unused
    w.at(120).bothEndian16(1); // §8.4.10 volume set size
    w.at(124).bothEndian16(1); // §8.4.11 volume sequence number
    w.at(BLOCK_SIZE).bothEndian16(BLOCK); // §8.4.12 logical block size
    w.at(PATH_TABLE_SIZE).bothEndian32(pathTableSize); // §8.4.13 path table size
    w.at(TYPE_L_PATH_TABLE).le32(typeLPathTable); // §8.4.14 type L path table
    w.at(144).le32(0); // §8.4.15 optional type L path table
    w.at(TYPE_M_PATH_TABLE).be32(typeMPathTable); // §8.4.16 type M path table
    w.at(152).be32(0); // §8.4.17 optional type M path table
    w.at(ROOT).raw(root.toBytes()); // §8.4.18 directory record for root directory
    w.at(VOLUME_SET_ID).spacePadded(volumeSetId, 128); // §8.4.19 volume set identifier
    w.at(318).spacePadded("", 128); // §8.4.20 publisher identifier
    w.at(446).spacePadded("", 128); // §8.4.21 data preparer identifier
    w.at(APPLICATION_ID).spacePadded(applicationId, 128); // §8.4.22 application identifier
    w.at(702).spacePadded("", 37); // §8.4.23 copyright file identifier
    w.at(739).spacePadded("", 37); // §8.4.24 abstract file identifier
    w.at(776).spacePadded("", 37); // §8.4.25 bibliographic file identifier
    w.at(813);
    IsoDates.volume(w); // §8.4.26 volume creation date and time
    w.at(830);
    IsoDates.volume(w); // §8.4.27 volume modification date and time
    w.at(847);
    IsoDates.unspecified(w); // §8.4.28 volume expiration date and time
    w.at(864);
    IsoDates.unspecified(w); // §8.4.29 volume effective date and time
    w.at(881).u8(1); // §8.4.30 file structure version
    w.at(882).zeros(1); // §8.4.31 reserved
    w.at(883).zeros(512); // §8.4.32 application use
    w.at(1395).zeros(653); // §8.4.33 reserved
    return w.endsAt(BLOCK);
  }

  /** Reads the descriptor in {@code r}, whose type and identifier are known to be right. */
  static PrimaryVolumeDescriptor read(SpecReader r) {
    int block = r.bothEndian16(BLOCK_SIZE);
    r.require(block == BLOCK, "logical blocks of " + block + " bytes, " + BLOCK + " expected");
    return new PrimaryVolumeDescriptor(
        r.spacePadded(VOLUME_ID, 32),
        r.bothEndian32(SPACE_SIZE),
        r.bothEndian32(PATH_TABLE_SIZE),
        r.le32(TYPE_L_PATH_TABLE),
        r.be32(TYPE_M_PATH_TABLE),
        DirectoryRecord.read(r.part("ISO root directory record", ROOT, DirectoryRecord.SHORTEST)),
        r.spacePadded(VOLUME_SET_ID, 128),
        r.spacePadded(APPLICATION_ID, 128));
  }
}
