/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.bytedeco.javacpp.Pointer;

/** A pointer that can be pointed elsewhere, so that no new one is made at each call. */
final class Address extends Pointer {
  void set(long value) {
    address = value;
  }
}
