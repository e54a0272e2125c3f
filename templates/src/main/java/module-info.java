/**
 * What an image is told: boot settings, the script made from them, the boot codes and the iPXE
 * cores.
 */
module zeroboot.templates {
  requires static transitive org.jspecify;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;

  exports zeroboot.core;
  exports zeroboot.ground;
  exports zeroboot.input;
  exports zeroboot.lzma;
  exports zeroboot.netboot;
  exports zeroboot.script;
  exports zeroboot.spec;
  exports zeroboot.stage;
}
