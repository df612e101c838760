package io.binlogbroker.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the column that a record component, constructor parameter, setter or field takes its value
 * from. Without it, the column has the same name, where {@code sp_id} and {@code spId} are the
 * same.
 *
 * <pre>{@code
 * record Goods(long id, @SourceColumn("sp_id") long supplier, @SourceColumn(fraction = 2) BigDecimal price) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.METHOD
})
public @interface SourceColumn {
  /** The column's name; empty for the name of the annotated element. */
  String value() default "";

  /**
   * The number of fractional digits in the column's declaration: 2 for {@code DECIMAL(10,2)}, 3 for
   * {@code DATETIME(3)}. Required only for messages in {@code debezium-json}, which do not contain
   * it.
   */
  int fraction() default -1;
}
