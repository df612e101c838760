/** Stands in for what Java took away. */
@NullMarked
package jdk.nashorn.api.scripting;

import org.jspecify.annotations.NullMarked;
