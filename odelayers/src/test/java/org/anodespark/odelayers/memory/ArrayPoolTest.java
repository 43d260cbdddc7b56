/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayPoolTest {
  private final ArrayPool pool = new ArrayPool(DataType.FLOAT);

  @Test
  void handsOutAReturnedArrayOfTheSameShapeAgain() {
    INDArray first = pool.borrow(2, 3);
    pool.giveBack(first);
    assertThat(pool.borrow(2, 3)).isSameAs(first);
  }

  @Test
  void neverHandsOutOneArrayTwice() {
    assertThat(pool.borrow(2, 3)).isNotSameAs(pool.borrow(2, 3));
  }

  @Test
  void countsBytesInUseAndBytesAllocated() {
    INDArray array = pool.borrow(2, 3);
    assertThat(pool.bytesInUse()).isEqualTo(24);
    pool.giveBack(array);
    pool.giveBack(pool.borrow(2, 3));
    assertThat(pool.bytesInUse()).isZero();
    assertThat(pool.bytesAllocated()).isEqualTo(24);
  }

  @Test
  void handsOutArraysThatOutliveAWorkspace() {
    WorkspaceConfiguration configuration =
        WorkspaceConfiguration.builder().initialSize(1 << 16).build();
    try (MemoryWorkspace workspace =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "ArrayPoolTest")) {
      assertThat(workspace.isScopeActive()).isTrue();
      assertThat(pool.borrow(2, 3).isAttached()).isFalse();
    }
  }

  @Test
  void freesWhatIsIdleAndKeepsCountOfTheRest() {
    INDArray borrowed = pool.borrow(2, 3);
    INDArray idle = pool.borrow(4);
    pool.giveBack(idle);
    pool.free();
    assertThat(idle.wasClosed()).isTrue();
    assertThat(borrowed.wasClosed()).isFalse();
    assertThat(pool.bytesAllocated()).isEqualTo(24);
    assertThat(pool.borrow(4)).isNotSameAs(idle);
  }

  @Test
  void theArraysOfAThreadAreCountedAndFreedTogether() {
    ArrayPool.freeOfCurrentThread();
    long others = ArrayPool.bytesOfCurrentThread();
    long flatOthers = ArrayPool.flatBytesOfCurrentThread();
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      ArrayPool ofType = ArrayPool.ofCurrentThread(type);
      ofType.giveBack(ofType.borrow(5));
      ofType.giveBack(ofType.borrow(3, 1));
    }
    assertThat(ArrayPool.bytesOfCurrentThread()).isEqualTo(others + (5 + 3) * (4 + 8));
    assertThat(ArrayPool.flatBytesOfCurrentThread()).isEqualTo(flatOthers + 5 * (4 + 8));
    ArrayPool.freeOfCurrentThread();
    assertThat(ArrayPool.bytesOfCurrentThread()).isEqualTo(others);
    assertThat(ArrayPool.flatBytesOfCurrentThread()).isEqualTo(flatOthers);
  }

  @Test
  void belongsToOneThread() throws InterruptedException {
    ArrayPool mine = ArrayPool.ofCurrentThread(DataType.FLOAT);
    AtomicReference<ArrayPool> other = new AtomicReference<>();
    Thread thread = new Thread(() -> other.set(ArrayPool.ofCurrentThread(DataType.FLOAT)));
    thread.start();
    thread.join();
    assertThat(ArrayPool.ofCurrentThread(DataType.FLOAT)).isSameAs(mine);
    assertThat(ArrayPool.ofCurrentThread(DataType.DOUBLE)).isNotSameAs(mine);
    assertThat(other.get()).isNotNull().isNotSameAs(mine);
  }
}
