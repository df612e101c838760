package jdk.nashorn.api.scripting;

/**
 * A class of Java 8's that Maxwell 1.22 asks each value whether it is one; later Javas lack it, and
 * none is.
 */
public final class ScriptObjectMirror {
  private ScriptObjectMirror() {}
}
