/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
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
  private final Map<Form, Deque<INDArray>> idle = new HashMap<>();
  private long bytesInUse;
  private long bytesAllocated;
  private long flatBytesAllocated;

  /**
   * @param dataType type of the arrays of which no other type is asked for, floating point
   */
  public ArrayPool(DataType dataType) {
    this.dataType = dataType;
  }

  /**
   * The pool of the thread that calls; the same one at each call.
   *
   * @param dataType type of the arrays of which no other type is asked for
   */
  public static ArrayPool ofCurrentThread(DataType dataType) {
    return OF_THREAD.get().computeIfAbsent(dataType, ArrayPool::new);
  }

  /** Bytes of all arrays that the pools of the calling thread hold, lent or idle. */
  public static long bytesOfCurrentThread() {
    return OF_THREAD.get().values().stream().mapToLong(ArrayPool::bytesAllocated).sum();
  }

  /** Bytes of the one-dimensional ones among them: scratch memory and the like, without a shape. */
  public static long flatBytesOfCurrentThread() {
    return OF_THREAD.get().values().stream().mapToLong(pool -> pool.flatBytesAllocated).sum();
  }

  /**
   * Frees the idle arrays of the calling thread's pools now, not when the garbage collector comes
   * to it; what is asked for later is made anew.
   */
  public static void freeOfCurrentThread() {
    OF_THREAD.get().values().forEach(ArrayPool::free);
  }

  /** The type of arrays of which no other type is asked for. */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Hands out an array of the given shape with undefined content.
   *
   * @param shape any shape with positive sizes
   */
  public INDArray borrow(long... shape) {
    return borrow(dataType, shape);
  }

  /** As {@link #borrow(long...)}, of another type than the pool's. */
  public INDArray borrow(DataType type, long... shape) {
    Deque<INDArray> fitting = idle.get(new Form(type, shape));
    INDArray array = fitting == null ? null : fitting.pollFirst();
    if (array == null) {
      array = Nd4j.createUninitializedDetached(type, 'c', shape);
      count(array, 1);
    }
    bytesInUse += bytes(array);
    return array;
  }

  /** Takes back an array that {@link #borrow} handed out; its content is lost. */
  public void giveBack(INDArray array) {
    bytesInUse -= bytes(array);
    idle.computeIfAbsent(new Form(array.dataType(), array.shape()), form -> new ArrayDeque<>())
        .addFirst(array);
  }

  /** Bytes of all arrays that are borrowed now. */
  public long bytesInUse() {
    return bytesInUse;
  }

  /** Frees all arrays that are not borrowed. */
  public void free() {
    for (Deque<INDArray> arrays : idle.values()) {
      for (INDArray array : arrays) {
        count(array, -1);
        array.close();
      }
    }
    idle.clear();
  }

  /**
   * Bytes of all arrays that this pool has made and not freed; constant once it saw every shape.
   */
  public long bytesAllocated() {
    return bytesAllocated;
  }

  private void count(INDArray array, int sign) {
    bytesAllocated += sign * bytes(array);
    if (array.rank() == 1) {
      flatBytesAllocated += sign * bytes(array);
    }
  }

  /** Size of an array's content in bytes. */
  public static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }

  /** Type and shape of an array. */
  private static final class Form {
    private final DataType type;
    private final long[] shape;

    Form(DataType type, long[] shape) {
      this.type = type;
      this.shape = shape;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Form that && type == that.type && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + Arrays.hashCode(shape);
    }
  }
}
