package zeroboot.testing.bmc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is logged in. */
final class SimSessions {
  /** How many requests a token is good for, where it is lost. */
  private static final int LOST_AFTER = 4;

  private final int most;
  private final SimBmc bmc;
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private int count;
  private int used;

  SimSessions(int most, SimBmc bmc) {
    this.most = most;
    this.bmc = bmc;
  }

  /** Its number; null if there are too many. */
  synchronized @Nullable String open(String token) {
    int others =
        bmc.has(Fault.NO_SESSION_LEFT) ? most : bmc.has(Fault.ONE_SESSION_LEFT) ? most - 1 : 0;
    if (others + tokens.size() >= most) {
      return null;
    }
    String id = "S" + ++count;
    tokens.put(id, token);
    return id;
  }

  synchronized boolean close(String id) {
    return tokens.remove(id) != null;
  }

  synchronized int open() {
    return tokens.size();
  }

  synchronized List<String> ids() {
    return new ArrayList<>(tokens.keySet());
  }

  synchronized boolean isKnown(@Nullable String token) {
    if (token == null || !tokens.containsValue(token)) {
      return false;
    }
    if (bmc.has(Fault.TOKEN_LOST) && ++used > LOST_AFTER && bmc.once(Fault.TOKEN_LOST)) {
      tokens.values().remove(token);
      return false;
    }
    return true;
  }

  static boolean isBasic(@Nullable String authorization) {
    byte[] pair = (SimBmc.USER + ":" + SimBmc.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return ("Basic " + Base64.getEncoder().encodeToString(pair)).equals(authorization);
  }
}
