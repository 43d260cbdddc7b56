/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that are used again instead of allocated again. A fresh native array costs page faults
 * and, sooner or later, a garbage collection, together several times the convolution that fills it.
 *
 * <p>Arrays are C-ordered, contiguous, outside every DL4J workspace, and hold whatever their last
 * user left in them. Whoever borrows an array gives it back exactly once. Not thread-safe: one pool
 * belongs to one thread, and serves all layers of all networks that the thread runs. So networks
 * that come and go, as they do in each round of a training on Spark, leave no native memory behind
 * for the garbage collector to find.
 */
public final class ArrayPool {
  private static final ThreadLocal<Map<DataType, ArrayPool>> OF_THREAD =
      ThreadLocal.withInitial(() -> new EnumMap<>(DataType.class));

  private final DataType dataType;
  private final Map<List<Long>, Deque<INDArray>> idle = new HashMap<>();
  private long bytesInUse;
  private long bytesAllocated;

  /**
   * @param dataType type of every array of this pool, floating point
   */
  public ArrayPool(DataType dataType) {
    this.dataType = dataType;
  }

  /**
   * The pool of the thread that calls; the same one at each call.
   *
   * @param dataType type of its arrays
   */
  public static ArrayPool ofCurrentThread(DataType dataType) {
    return OF_THREAD.get().computeIfAbsent(dataType, ArrayPool::new);
  }

  /**
   * Hands out an array of the given shape with undefined content.
   *
   * @param shape any shape with positive sizes
   */
  public INDArray borrow(long... shape) {
    Deque<INDArray> fitting = idle.get(key(shape));
    INDArray array = fitting == null ? null : fitting.pollFirst();
    if (array == null) {
      array = Nd4j.createUninitializedDetached(dataType, 'c', shape);
      bytesAllocated += bytes(array);
    }
    bytesInUse += bytes(array);
    return array;
  }

  /** Takes back an array that {@link #borrow} handed out; its content is lost. */
  public void giveBack(INDArray array) {
    bytesInUse -= bytes(array);
    idle.computeIfAbsent(key(array.shape()), ignored -> new ArrayDeque<>()).addFirst(array);
  }

  /** Bytes of all arrays that are borrowed now. */
  public long bytesInUse() {
    return bytesInUse;
  }

  /** Bytes of all arrays ever made by this pool; constant once every shape has been seen. */
  public long bytesAllocated() {
    return bytesAllocated;
  }

  /** Size of an array's content in bytes. */
  public static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }

  private static List<Long> key(long[] shape) {
    return Arrays.stream(shape).boxed().collect(Collectors.toUnmodifiableList());
  }
}
