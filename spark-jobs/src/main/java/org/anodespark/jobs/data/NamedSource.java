/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

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

  /**
   * Loads what has this path.
   *
   * @throws UncheckedIOException as the loader throws an IOException
   */
  public static DataSet load(DataSetLoader loader, String path) {
    try {
      return loader.load(new NamedSource(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
