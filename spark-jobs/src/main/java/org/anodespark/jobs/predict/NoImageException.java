/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.predict;

/** A file from which no image can be made; the message says why, going on from its name. */
final class NoImageException extends Exception {
  private static final long serialVersionUID = 1L;

  NoImageException(String reason) {
    super(reason);
  }

  NoImageException(String reason, Exception cause) {
    super(reason, cause);
  }
}
