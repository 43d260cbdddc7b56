/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** Starts an HDFS in this process. */
public final class SmallHdfs {
  private SmallHdfs() {}

  /**
   * One node of each kind, so that a byte that is damaged has no other copy.
   *
   * @param folder where it keeps its files
   * @return running; to be shut down
   */
  public static MiniDFSCluster start(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.setInt("dfs.replication", 1);
    configuration.setInt("dfs.namenode.safemode.extension", 0);
    configuration.setBoolean("dfs.namenode.edits.noeditlogchannelflush", true);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, folder.toFile()).numDataNodes(1).build();
    cluster.waitClusterUp();
    return cluster;
  }
}
