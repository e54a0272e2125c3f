/**
 * Lists, guards, writes and verifies devices. Knows bytes and nothing of what they mean: whether a
 * stick is one of ours is for others to say.
 */
module zeroboot.usb {
  requires static transitive org.jspecify;
  requires com.sun.jna;
  requires java.xml;
  requires org.apache.commons.compress;
  requires org.tukaani.xz;

  exports zeroboot.usb;
  exports zeroboot.usb.probe;
  exports zeroboot.usb.source;
  exports zeroboot.usb.system;
  exports zeroboot.usb.write;
}
