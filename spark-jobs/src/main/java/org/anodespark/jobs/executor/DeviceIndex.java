/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.util.Arrays;
import java.util.List;

/**
 * Finds CUDA's number for a GPU. Spark assigns addresses of the machine; CUDA counts the devices
 * that a process may see, from 0.
 */
final class DeviceIndex {
  private DeviceIndex() {}

  /**
   * The number of a GPU in this process.
   *
   * @param address what Spark assigned
   * @param visible the value of {@code CUDA_VISIBLE_DEVICES}, or null if it is not set: then all
   *     devices are visible, in their order, or those of a container alone
   * @param devices how many CUDA sees, at least 1
   * @return from 0 to {@code devices - 1}
   * @throws IllegalArgumentException if the GPU is not visible
   */
  static int of(String address, String visible, int devices) {
    int index;
    if (visible != null && !visible.isBlank()) {
      List<String> order = Arrays.stream(visible.split(",")).map(String::strip).toList();
      index = order.indexOf(address);
    } else if (devices == 1) {
      index = 0;
    } else {
      index = address.matches("\\d{1,9}") ? Integer.parseInt(address) : -1;
    }
    if (index < 0 || index >= devices) {
      throw new IllegalArgumentException(
          "Spark assigned the GPU %s, which is not among the %d that this process sees (CUDA_VISIBLE_DEVICES is %s)"
              .formatted(address, devices, visible == null ? "not set" : visible));
    }
    return index;
  }
}
