package zeroboot.bmc.link;

/** Who logs in. */
public record Login(String user, Secret password) {}
