/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.DownloadSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code data.source = download}. */
class DownloadedSourceTest {
  @TempDir Path temp;

  private DataSettings settings(DownloadSettings download) {
    return new DataSettings(
        DataSettings.DOWNLOAD,
        download,
        temp.resolve("data").toString(),
        6,
        0,
        "fine",
        20,
        10,
        64,
        false,
        0,
        DataSettings.STANDARDIZED,
        0,
        0);
  }

  @Test
  void theFetchedArchiveIsPreparedLikeAnyOther() throws IOException {
    Path archive =
        CifarFiles.pack(
            CifarFiles.writeCifar10(temp.resolve("cifar")), temp.resolve("my images.tar.gz"));
    List<DownloadSettings> asked = new ArrayList<>();
    Manifest manifest =
        new Preparation(
                new Configuration(),
                line -> {},
                download -> {
                  asked.add(download);
                  return archive;
                })
            .prepare(settings(CifarFiles.DOWNLOAD), 1);
    assertThat(asked).containsExactly(CifarFiles.DOWNLOAD);
    assertThat(manifest.name()).isEqualTo("cifar-10");
    assertThat(manifest.train().examples()).isEqualTo(CifarFiles.TRAIN_10);
  }

  @ParameterizedTest
  @CsvSource({"cifar10, /there/cifar-10-binary.tar.gz", "cifar100, /there/cifar-100-binary.tar.gz"})
  void theSetDecidesWhichFileIsAskedFor(String set, String path) throws IOException {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          asked.add(request.getRequestURI().getPath());
          request.sendResponseHeaders(404, -1);
          request.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/there/";
      DownloadSettings download =
          new DownloadSettings(set, "file:" + temp.resolve("my downloads"), url);
      assertThatThrownBy(
              () -> new Preparation(new Configuration(), line -> {}).prepare(settings(download), 1))
          .isInstanceOf(JobFailure.class)
          .hasMessageContaining(url)
          .hasMessageContaining("HTTP status 404");
    } finally {
      server.stop(0);
    }
    assertThat(asked).containsExactly(path);
    assertThat(temp.resolve("data")).doesNotExist();
    assertThat(temp.resolve("my downloads")).isEmptyDirectory();
  }

  @Test
  void anotherFileUnderTheNameOfTheArchiveIsRefused() throws IOException {
    Files.writeString(temp.resolve("cifar-10-binary.tar.gz"), "no archive");
    DownloadSettings download =
        new DownloadSettings("cifar10", temp.toString(), "http://localhost/");
    assertThatThrownBy(
            () -> new Preparation(new Configuration(), line -> {}).prepare(settings(download), 1))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("expected c32a1d4ab5d03f1284b67883e8d87530");
    assertThat(temp.resolve("cifar-10-binary.tar.gz")).hasContent("no archive");
    assertThat(temp.resolve("data")).doesNotExist();
  }

  @Test
  void archivesAreKeptOnThisMachineOnly() {
    DownloadSettings download =
        new DownloadSettings("cifar10", "hdfs://name/downloads", "http://localhost/");
    assertThatThrownBy(
            () -> new Preparation(new Configuration(), line -> {}).prepare(settings(download), 1))
        .isInstanceOf(JobFailure.class)
        .hasMessage(
            "data.download.folder is hdfs://name/downloads, expected a folder on this machine.");
  }
}
