/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a setting may be: names, and what each stands for. Immutable.
 *
 * @param <T> what a name stands for
 */
public final class Choices<T> {
  private final Map<String, T> byName;

  private Choices(Map<String, T> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /** No choice yet. */
  static <T> Choices<T> none() {
    return new Choices<>(Map.of());
  }

  /**
   * These choices and one more.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  Choices<T> and(String name, T value) {
    Map<String, T> more = new LinkedHashMap<>(byName);
    if (more.put(name, value) != null) {
      throw new IllegalArgumentException("The name " + name + " is given twice.");
    }
    return new Choices<>(more);
  }

  /**
   * These choices and all of others.
   *
   * @throws IllegalArgumentException if a name is in both
   */
  Choices<T> andAll(Choices<? extends T> others) {
    Choices<T> all = this;
    for (String name : others.names()) {
      all = all.and(name, others.get(name));
    }
    return all;
  }

  /** The names, in the order in which messages list them. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * What a name stands for.
   *
   * @throws IllegalArgumentException if there is no such name
   */
  T get(String name) {
    T value = byName.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is none of " + String.join(", ", byName.keySet()) + ".");
    }
    return value;
  }
}
