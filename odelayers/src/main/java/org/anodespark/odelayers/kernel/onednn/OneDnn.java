/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * oneDNN as one thread uses it: an engine, a stream, and all operations that the thread has run so
 * far. Operations outlive the layers that ask for them, because networks come and go in each round
 * of a training on Spark while their shapes stay.
 */
final class OneDnn {
  private static final ThreadLocal<OneDnn> OF_THREAD = ThreadLocal.withInitial(OneDnn::new);

  private final engine processor = new engine(dnnl_cpu, 0);
  private final stream queue = new stream(processor);
  private final Map<Object, Object> operations = new HashMap<>();

  private OneDnn() {}

  static OneDnn ofCurrentThread() {
    return OF_THREAD.get();
  }

  /** Name and version of the library. */
  static String version() {
    dnnl_version_t version = dnnl_version();
    return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
  }

  engine engine() {
    return processor;
  }

  stream stream() {
    return queue;
  }

  /**
   * What was built for this key before, or now.
   *
   * @param key a record of everything that the operations depend on
   */
  @SuppressWarnings("unchecked") // a key's class belongs to one kind of operations
  <K, V> V operations(K key, Function<K, V> build) {
    V known = (V) operations.get(key);
    if (known == null) {
      known = build.apply(key);
      operations.put(key, known);
    }
    return known;
  }

  /** Attributes of every primitive: scratch memory comes from the caller. */
  static primitive_attr attributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl_scratchpad_mode_user);
    return attributes;
  }

  /** The library's name for the type of an array. */
  static memory.data_type type(DataType type) {
    return switch (type) {
      case FLOAT -> memory.data_type.f32;
      case BFLOAT16 -> memory.data_type.bf16;
      default ->
          throw new IllegalArgumentException(
              "oneDNN kernels take FLOAT and BFLOAT16, not " + type + "; use ND4J's kernels.");
    };
  }

  /** A C-ordered array as a row of numbers. */
  static memory.desc row(DataType type, long length) {
    return new memory.desc(new long[] {length}, type(type), memory.format_tag.a);
  }

  /** A C-ordered array as a matrix. */
  static memory.desc matrix(DataType type, long... shape) {
    return new memory.desc(shape, type(type), memory.format_tag.ab);
  }

  /** Channels-last images {@code [N, H, W, C]} in the library's order of dimensions. */
  static memory.desc images(DataType type, long[] shape) {
    return new memory.desc(
        new long[] {shape[0], shape[3], shape[1], shape[2]}, type(type), memory.format_tag.nhwc);
  }

  /** How many float32 numbers cover so many bytes. */
  static long floats(long bytes) {
    return (bytes + Float.BYTES - 1) / Float.BYTES;
  }
}
