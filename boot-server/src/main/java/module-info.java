/**
 * Boots nodes over the network: DHCP beside a router, TFTP, HTTP, a mirror for kernels, and what
 * each node is doing. Knows settings, images and packets, and no commands.
 */
module zeroboot.server {
  requires static transitive org.jspecify;
  requires com.sun.jna;
  requires java.net.http;
  requires org.eclipse.jetty.server;
  requires transitive zeroboot.image;

  opens zeroboot.server.mirror to
      com.google.gson;

  exports zeroboot.server;
  exports zeroboot.server.dhcp;
  exports zeroboot.server.files;
  exports zeroboot.server.mirror;
  exports zeroboot.server.net;
  exports zeroboot.server.nodes;
  exports zeroboot.server.service;
}
