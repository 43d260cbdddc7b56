/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;

import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One primitive of oneDNN with its arguments, made once and run any number of times on other
 * arrays.
 */
final class Operation {
  private final OneDnn library;
  private final primitive work;
  private final IntMemoryMap arguments = new IntMemoryMap();
  private final long scratchEntries;
  private final Argument scratch;

  /**
   * @param library of the thread that runs the operation
   * @param description of the primitive, with {@link OneDnn#attributes}
   * @param work the primitive, made from the description
   */
  Operation(OneDnn library, primitive_desc_base description, primitive work) {
    this.library = library;
    this.work = work;
    memory.desc scratchForm = description.scratchpad_desc();
    scratchEntries = OneDnn.floats(scratchForm.get_size());
    scratch = scratchEntries == 0 ? null : argument(DNNL_ARG_SCRATCHPAD, scratchForm);
  }

  /**
   * Adds an argument.
   *
   * @param name one of oneDNN's numbers for arguments
   * @param form shape, type and order in memory
   */
  Argument argument(int name, memory.desc form) {
    memory place = new memory(form, library.engine(), (Pointer) null);
    arguments.put(name, place);
    return new Argument(place);
  }

  /**
   * Runs on the arrays that the arguments point to, and waits.
   *
   * @param pool lends scratch memory, float32
   */
  void run(ArrayPool pool) {
    INDArray lent = null;
    if (scratch != null) {
      lent = pool.borrow(scratchEntries);
      scratch.set(lent);
    }
    work.execute(library.stream(), arguments);
    library.stream()._wait();
    if (lent != null) {
      pool.giveBack(lent);
    }
  }
}
