/** Replaces a package that was removed from Java. */
@NullMarked
package jdk.nashorn.api.scripting;

import org.jspecify.annotations.NullMarked;
