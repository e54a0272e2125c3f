package zeroboot.lzma;

/**
 * Packs data that are nearly others whose stream is at hand, by the decisions of that stream. No
 * string is searched for, so it is fast, and the result for unchanged data is the stream itself,
 * whatever made it.
 */
public final class LzmaReuse {
  private LzmaReuse() {}

  /**
   * Writes the decisions of a decoder for other data, from where both are up to {@code end}, or one
   * string beyond. A string that no longer holds becomes bytes as they stand.
   *
   * @param data of the decoder's length; not changed
   */
  public static void copy(LzmaDecoder from, LzmaEncoder to, byte[] data, int end)
      throws DamagedLzmaException {
    while (from.at() < end) {
      Packet packet = from.next();
      if (packet.isEnd()) {
        throw new DamagedLzmaException("it ends early");
      }
      put(packet, to, data);
    }
  }

  /** The same up to the end of a stream with an end marker, which is written, too. */
  public static void copyMarked(LzmaDecoder from, LzmaEncoder to, byte[] data)
      throws DamagedLzmaException {
    for (Packet packet = from.next(); !packet.isEnd(); packet = from.next()) {
      put(packet, to, data);
    }
    from.requireWhole();
    to.put(Packet.END, data);
  }

  private static void put(Packet packet, LzmaEncoder to, byte[] data) {
    if (packet.isLiteral()) {
      to.put(packet, data);
    } else if (!holds(data, to.at(), packet)) {
      for (int i = 0; i < packet.length(); i++) {
        to.put(Packet.LITERAL, data);
      }
    } else {
      to.put(named(packet, to.model()), data);
    }
  }

  /** The same string; its distance may be another of the latest ones by now, or none of them. */
  private static Packet named(Packet packet, LzmaModel model) {
    int index = packet.index();
    if (index == Packet.NEW || model.distance(index) == packet.distance()) {
      return packet;
    }
    if (packet.length() == 1) {
      return Packet.LITERAL;
    }
    int other = model.index(packet.distance());
    return new Packet(other < 0 ? Packet.NEW : other, packet.length(), packet.distance());
  }

  private static boolean holds(byte[] data, int at, Packet packet) {
    int from = at - packet.distance() - 1;
    for (int i = 0; i < packet.length(); i++) {
      if (data[from + i] != data[at + i]) {
        return false;
      }
    }
    return true;
  }
}
