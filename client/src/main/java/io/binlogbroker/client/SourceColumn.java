package io.binlogbroker.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which column a record component, constructor parameter, setter or field takes its value
 * from. Without it the name decides, {@code sp_id} and {@code spId} being the same.
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
  /** The column's name as the table has it; empty for the name of what is annotated. */
  String value() default "";

  /**
   * Digits behind the point that the column is declared with: 2 for {@code DECIMAL(10,2)}, 3 for
   * {@code DATETIME(3)}. Only messages of {@code debezium-json} need it, which do not tell.
   */
  int fraction() default -1;
}
