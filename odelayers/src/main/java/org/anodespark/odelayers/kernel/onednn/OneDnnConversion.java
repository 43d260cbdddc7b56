/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.kernel.ConversionKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between types, and of parts of arrays, by oneDNN's reorder. */
final class OneDnnConversion implements ConversionKernel {
  @Override
  public void convert(INDArray from, INDArray to) {
    OneDnn library = OneDnn.ofCurrentThread();
    Key key = new Key(from.dataType(), to.dataType(), from.length());
    Reordering reordering =
        library.operations(
            key,
            k -> new Reordering(library, OneDnn.row(k.from, k.length), OneDnn.row(k.to, k.length)));
    reordering.run(from, to, ArrayPool.ofCurrentThread(DataType.FLOAT));
  }

  /** ND4J's own assignment goes through parts of arrays entry by entry. */
  @Override
  public void copyPart(INDArray from, INDArray to) {
    OneDnn library = OneDnn.ofCurrentThread();
    PartKey key = new PartKey(new ArrayForm(from), strides(from), strides(to));
    Reordering reordering =
        library.operations(
            key,
            k -> new Reordering(library, part(k.array, k.strides), part(k.array, k.newStrides)));
    reordering.run(from, to, ArrayPool.ofCurrentThread(DataType.FLOAT));
  }

  private static List<Long> strides(INDArray array) {
    return Arrays.stream(array.stride()).boxed().toList();
  }

  private static memory.desc part(ArrayForm array, List<Long> strides) {
    return new memory.desc(
        array.shape(),
        OneDnn.type(array.type()),
        strides.stream().mapToLong(Long::longValue).toArray());
  }

  private record Key(DataType from, DataType to, long length) {}

  private record PartKey(ArrayForm array, List<Long> strides, List<Long> newStrides) {}

  /** A copy from one form in memory to another. */
  static final class Reordering {
    private final Operation operation;
    private final Argument from;
    private final Argument to;

    Reordering(OneDnn library, memory.desc source, memory.desc target) {
      reorder.primitive_desc description =
          new reorder.primitive_desc(
              library.engine(), source, library.engine(), target, OneDnn.attributes(), false);
      operation = new Operation(library, description, new reorder(description));
      from = operation.argument(DNNL_ARG_FROM, source);
      to = operation.argument(DNNL_ARG_TO, target);
    }

    void run(INDArray source, INDArray target, ArrayPool pool) {
      from.set(source);
      to.set(target);
      operation.run(pool);
    }
  }
}
