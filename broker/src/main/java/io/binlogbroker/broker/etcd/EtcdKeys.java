package io.binlogbroker.broker.etcd;

/** Where a group's things lie in etcd. */
public record EtcdKeys(String group) {
  /** The broker's part of the configuration, which all groups share. */
  public String brokerConfig() {
    return "/config/binlogbroker";
  }

  /** The source's part of the configuration. */
  public String sourceConfig() {
    return "/config/binlogbroker:" + group;
  }

  /** The configuration in force, which holds the same secrets as {@link #sourceConfig}. */
  public String appliedConfig() {
    return "/config/binlogbroker/applied/" + group;
  }

  public String position() {
    return "/position/binlogbroker/" + group;
  }

  /** What is remembered of the group when its position is removed; no group's name has a slash. */
  public String served() {
    return position() + "/served";
  }

  /** Above the entries of the group's catalogue. */
  public String catalogue() {
    return "/catalogue/binlogbroker/" + group + "/";
  }

  /** Made by the master, and ended with its lease. */
  public String lock() {
    return "/lock/binlogbroker/" + group;
  }

  /** What the group's brokers register with at the source. */
  public String replica() {
    return replicas() + "/" + group;
  }

  /** Above all groups' replicas; changed with each of them. */
  String replicas() {
    return "/replica/binlogbroker";
  }
}
