/** From settings to the bytes of a boot image: FAT12, ISO 9660, MBR, PE32+, the BIOS blob. */
module zeroboot.image {
  requires static transitive org.jspecify;
  requires org.tukaani.xz;
  requires transitive com.google.gson;
  requires transitive zeroboot.templates;

  exports zeroboot.image;
  exports zeroboot.image.bios;
  exports zeroboot.image.bytes;
  exports zeroboot.image.gpt;
  exports zeroboot.image.iso;
  exports zeroboot.image.mbr;
  exports zeroboot.image.pe;
  exports zeroboot.image.plan;
  exports zeroboot.image.read;
}
