package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.fleet.BrokerProcess;

/** The etcd keys of a group. */
public record EtcdKeys(String group) {
  /** Between a group's name, which contains no slash, and its standbys. */
  static final String STANDBY = "/standby/";

  /** The broker's part of the configuration, which all groups share. */
  String brokerConfig() {
    return "/config/binlogbroker";
  }

  /** The source's part of the configuration. */
  String sourceConfig() {
    return "/config/binlogbroker:" + group;
  }

  /** The active configuration, which contains the same secrets as {@link #sourceConfig}. */
  String appliedConfig() {
    return "/config/binlogbroker/applied/" + group;
  }

  public String position() {
    return "/position/binlogbroker/" + group;
  }

  /** What is kept of the group after its position is removed; no group's name contains a slash. */
  String served() {
    return position() + "/served";
  }

  /** Prefix of the group's catalogue entries. */
  String catalogue() {
    return "/catalogue/binlogbroker/" + group + "/";
  }

  /** Prefix of the requests of users for the group's snapshots. */
  String snapshotRequests() {
    return "/snapshot/binlogbroker/" + group + "/";
  }

  /** Prefix of the group's last events. */
  String events() {
    return position() + "/events/";
  }

  /** Created by the master, deleted with its lease. */
  String lock() {
    return "/lock/binlogbroker/" + group;
  }

  /** Prefix of the brokers that wait for the lock. */
  String standbys() {
    return lock() + STANDBY;
  }

  /** Created by a broker that waits for the lock, deleted with its lease. */
  String standby(BrokerProcess process) {
    return standbys() + process.host() + ":" + process.pid();
  }

  /** The identity with which the group's brokers register at the source. */
  String replica() {
    return replicas() + "/" + group;
  }

  /** Prefix of all groups' replica identities, itself a key that is changed with each of them. */
  String replicas() {
    return "/replica/binlogbroker";
  }
}
