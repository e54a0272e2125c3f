package zeroboot.server.tftp;

import java.net.InetAddress;

/** Hears what clients fetch. Called in the thread of the packets. */
public interface TftpListener {
  /** A client asked for a file. */
  void asked(InetAddress client, String file);

  /** It has all of it. */
  void done(InetAddress client, String file, long bytes);

  /** It broke off; most firmware does that once it knows the size, and asks again. */
  void aborted(InetAddress client, String file, int code);

  /** It does not answer any more. */
  void silent(InetAddress client, String file, long bytes);

  /** There is no such file. */
  void missing(InetAddress client, String file);

  /** Something that concerns no client. */
  void failed(String what);
}
