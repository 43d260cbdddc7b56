/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.Latches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server in this process, whose answers are put in a queue. */
class ArchiveDownloadTest {
  private static final int BYTES = 1_000_000;

  @TempDir Path temp;

  private final byte[] content = new byte[BYTES];
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final List<String> progress = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private ExecutorService threads;
  private HttpServer server;
  private URI address;
  private Path folder;
  private OfficialArchive archive;

  /** What the server does with a request. */
  private interface Answer {
    void to(HttpExchange request) throws IOException;
  }

  @BeforeEach
  void serve() throws Exception {
    new Random(1).nextBytes(content);
    archive = new OfficialArchive("images.tar.gz", md5(content));
    folder = temp.resolve("downloads");
    threads = Executors.newCachedThreadPool();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/sets/images.tar.gz",
        request -> {
          String range = request.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "all" : range);
          try (request) {
            answers.remove().to(request);
          }
        });
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sets/");
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  private Path fetch() {
    return fetch(policy(3, Duration.ofMinutes(1)));
  }

  private static RetryPolicy policy(int tries, Duration stall) {
    return new RetryPolicy(tries, Duration.ofMillis(1), Duration.ofMillis(2), stall);
  }

  private Path fetch(RetryPolicy policy) {
    return new ArchiveDownload(address, folder, policy, progress::add).fetch(archive);
  }

  private JobFailure refusal() {
    JobFailure failure = catchThrowableOfType(JobFailure.class, this::fetch);
    assertThat(failure.getMessage()).doesNotContain("\n").endsWith(".");
    return failure;
  }

  private Path partial() {
    return folder.resolve(".images.tar.gz.part");
  }

  // ---- answers

  private void whole(HttpExchange request) throws IOException {
    request.sendResponseHeaders(200, BYTES);
    request.getResponseBody().write(content);
  }

  /** What a server does that knows ranges. */
  private void rest(HttpExchange request) throws IOException {
    String range = request.getRequestHeaders().getFirst("Range");
    int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    if (start >= BYTES) {
      request.getResponseHeaders().set("Content-Range", "bytes */" + BYTES);
      request.sendResponseHeaders(416, -1);
      return;
    }
    request
        .getResponseHeaders()
        .set("Content-Range", "bytes " + start + "-" + (BYTES - 1) + "/" + BYTES);
    request.sendResponseHeaders(206, BYTES - start);
    request.getResponseBody().write(content, start, BYTES - start);
  }

  /** Promises everything, sends the beginning and ends the connection when that has arrived. */
  private Answer cutAfter(int bytes) {
    return request -> {
      request.sendResponseHeaders(200, BYTES);
      request.getResponseBody().write(content, 0, bytes);
      request.getResponseBody().flush();
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (Files.size(partial()) < bytes && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
    };
  }

  private Answer stallAfter(int bytes) {
    return request -> {
      cutAfter(bytes).to(request);
      Latches.await(ended);
    };
  }

  private static Answer status(int status) {
    return request -> request.sendResponseHeaders(status, -1);
  }

  // ---- what comes of them

  @Test
  void theFileIsThereUnderItsNameAndNothingElseIs() throws IOException {
    answers.add(this::whole);
    assertThat(fetch()).isEqualTo(folder.resolve("images.tar.gz")).hasBinaryContent(content);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("images.tar.gz"));
    }
  }

  @Test
  void progressIsAtMostALineForEachTenth() {
    answers.add(this::whole);
    fetch();
    assertThat(progress.get(0)).isEqualTo("Fetching " + address + "images.tar.gz into " + folder);
    assertThat(progress).contains("  images.tar.gz: 1.0 MB of 1.0 MB").hasSizeBetween(4, 13);
    assertThat(progress)
        .endsWith("Fetched " + folder + "/images.tar.gz, whose MD5 is the published one");
  }

  @Test
  void aCutConnectionIsResumedWhereItEnded() {
    answers.add(cutAfter(400_000));
    answers.add(this::rest);
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(ranges).containsExactly("all", "bytes=400000-");
    assertThat(progress).anyMatch(line -> line.startsWith("  Interrupted ("));
  }

  @Test
  void aServerWithoutRangesSendsEverythingAgain() {
    answers.add(cutAfter(400_000));
    answers.add(this::whole);
    assertThat(fetch()).hasBinaryContent(content);
  }

  @Test
  void aServerWithAnotherRangeIsAskedForEverything() {
    answers.add(cutAfter(400_000));
    answers.add(
        request -> {
          request.getResponseHeaders().set("Content-Range", "bytes 7-8/" + BYTES);
          request.sendResponseHeaders(206, 2);
          request.getResponseBody().write(content, 7, 2);
        });
    answers.add(this::whole);
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(ranges.get(2)).isEqualTo("all");
  }

  @Test
  void aConnectionThatDeliversNothingIsGivenUp() {
    answers.add(stallAfter(400_000));
    // on a busy machine the limit may strike again
    answers.addAll(Collections.nCopies(50, this::whole));
    assertThat(fetch(policy(50, Duration.ofMillis(300)))).hasBinaryContent(content);
    assertThat(progress).anyMatch(line -> line.contains("nothing came for 300 ms"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void anOverloadedServerIsAskedAgain(int status) {
    answers.add(status(status));
    answers.add(this::whole);
    assertThat(fetch()).hasBinaryContent(content);
  }

  @Test
  void whatAnEarlierProcessLeftIsContinued() throws IOException {
    Files.createDirectories(folder);
    Files.write(partial(), Arrays.copyOf(content, 300_000));
    answers.add(this::rest);
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(ranges).containsExactly("bytes=300000-");
    assertThat(progress).contains("  images.tar.gz: goes on at 0.3 MB");
  }

  @Test
  void aWholeFileThatOnlyLacksItsNameGetsIt() throws IOException {
    Files.createDirectories(folder);
    Files.write(partial(), content);
    answers.add(this::rest);
    assertThat(fetch()).hasBinaryContent(content);
  }

  @Test
  void whatIsNotTheBeginningOfTheFileIsThrownAway() throws IOException {
    Files.createDirectories(folder);
    Files.write(partial(), new byte[300_000]);
    answers.add(this::rest);
    answers.add(this::whole);
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(ranges).containsExactly("bytes=300000-", "all");
  }

  @Test
  void aFileThatIsThereIsNotFetchedAgain() {
    answers.add(this::whole);
    fetch();
    progress.clear();
    assertThat(fetch()).hasBinaryContent(content);
    assertThat(ranges).hasSize(1);
    assertThat(progress).containsExactly("Found " + folder + "/images.tar.gz, fetched earlier");
  }

  @Test
  void aFileThatIsThereWithAnotherSumIsRefusedAndStays() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("images.tar.gz"), new byte[] {1, 2, 3});
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal)
        .hasMessage(
            folder
                + "/images.tar.gz has the MD5 "
                + md5(new byte[] {1, 2, 3})
                + ", expected "
                + archive.md5()
                + ": it is not the official archive, or is damaged; delete it to have it fetched"
                + " again.");
    assertThat(folder.resolve("images.tar.gz")).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(ranges).isEmpty();
  }

  @Test
  void anotherFileAtTheAddressIsRefusedAndNotKept() throws IOException {
    answers.add(this::whole);
    archive = new OfficialArchive("images.tar.gz", "0".repeat(32));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("other.tar.gz"), "good");
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal)
        .hasMessageStartingWith(address + "images.tar.gz has the MD5 ")
        .hasMessageContaining(", expected " + "0".repeat(32) + ": it is not the official archive");
    assertThat(ranges).hasSize(1);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("other.tar.gz"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void anAddressWithoutTheFileIsNotTriedAgain(int status) {
    answers.add(status(status));
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal)
        .hasMessage(
            address
                + "images.tar.gz cannot be had (HTTP status "
                + status
                + "): set data.download.url to an address that has the file, or fetch it by hand and"
                + " set data.source to its path.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatIsNotThereIsTriedAFewTimes() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/sets/");
    }
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(refusal)
        .hasMessageStartingWith(address + "images.tar.gz could not be fetched in 3 tries (")
        .hasMessageEndingWith("or fetch it by hand and set data.source to its path.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void afterTheLastTryWhatHasArrivedIsKeptForAnotherTime() throws IOException {
    Files.createDirectories(folder);
    Files.write(partial(), Arrays.copyOf(content, 300_000));
    answers.addAll(List.of(status(503), status(503), status(503)));
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(partial()).hasBinaryContent(Arrays.copyOf(content, 300_000));
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder, "in the way");
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(refusal)
        .hasMessageContaining(folder.resolve("images.tar.gz") + " cannot be written");
  }

  @Test
  void twoDownloadsOfOneFileDoNotMix() throws IOException {
    Files.createDirectories(folder);
    try (FileChannel other =
            FileChannel.open(partial(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      JobFailure refusal = refusal();
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
      assertThat(refusal).hasMessageContaining(partial() + " is being written by another process");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(partial()).exists();
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    RetryPolicy policy =
        new RetryPolicy(9, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(9));
    assertThat(List.of(1, 2, 3, 4, 8, 64))
        .extracting(failed -> policy.pauseAfter(failed).toSeconds())
        .containsExactly(1L, 2L, 4L, 5L, 5L, 5L);
  }
}
