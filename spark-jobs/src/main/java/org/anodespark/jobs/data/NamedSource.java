/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.InputStream;
import org.nd4j.common.loader.Source;

/**
 * A path for loaders that open nothing.
 *
 * @param path what the loader is asked for
 */
public record NamedSource(String path) implements Source {
  @Override
  public String getPath() {
    return path;
  }

  @Override
  public InputStream getInputStream() {
    throw new UnsupportedOperationException("nothing is opened through " + path);
  }
}
