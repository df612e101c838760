package jdk.nashorn.api.scripting;

/**
 * A class of Java 8 that Maxwell 1.22 checks each value against; later Java versions do not have
 * it, and no value is an instance.
 */
public final class ScriptObjectMirror {
  private ScriptObjectMirror() {}
}
