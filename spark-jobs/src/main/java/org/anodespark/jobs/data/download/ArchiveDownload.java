/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;

/** Fetches archives from a web address into a folder of this machine, and keeps them there. */
public final class ArchiveDownload {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final Duration HEAD_LIMIT = Duration.ofSeconds(60);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI address;
  private final Path folder;
  private final RetryPolicy policy;
  private final Consumer<String> progress;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  /**
   * Fetches nothing yet.
   *
   * @param address of the folder with the archives; ends with a slash
   * @param folder where they are kept; made when it is missing
   * @param progress gets a line of text now and then
   */
  public ArchiveDownload(URI address, Path folder, RetryPolicy policy, Consumer<String> progress) {
    this.address = address;
    this.folder = folder;
    this.policy = policy;
    this.progress = progress;
  }

  /**
   * Gives an archive, which is fetched if the folder does not have it.
   *
   * @return its path; its MD5 is the published one
   * @throws JobFailure exit code 2 if the address does not have it, or the file there or in the
   *     folder has another MD5; exit code 3 if the server cannot be reached or the folder cannot be
   *     written
   */
  public Path fetch(OfficialArchive archive) {
    Path target = folder.resolve(archive.fileName());
    try {
      if (Files.exists(target)) {
        requireOfficial(target, archive);
        progress.accept("Found " + target + ", fetched earlier");
        return target;
      }
      Files.createDirectories(folder);
      try (PartialFile partial =
          PartialFile.open(folder.resolve("." + archive.fileName() + ".part"))) {
        fetch(archive, partial);
        partial.publish(target);
      }
      progress.accept("Fetched " + target + ", whose MD5 is the published one");
      return target;
    } catch (IOException | UncheckedIOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          String.format(
              "%s cannot be written (%s): see that its folder is there and has room, or set"
                  + " data.download.folder to another one.",
              target, Reason.of(e)),
          e);
    }
  }

  private static void requireOfficial(Path file, OfficialArchive archive) throws IOException {
    String md5 = PartialFile.md5(file);
    if (!md5.equals(archive.md5())) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s has the MD5 %s, expected %s: it is not the official archive, or is damaged; delete"
                  + " it to have it fetched again.",
              file, md5, archive.md5()));
    }
  }

  private void fetch(OfficialArchive archive, PartialFile partial) {
    URI uri = address.resolve(archive.fileName());
    boolean begunEarlier = partial.size() > 0;
    progress.accept("Fetching " + uri + " into " + folder);
    for (int tries = 1; ; tries++) {
      try {
        transfer(uri, partial);
        String md5 = partial.md5();
        if (md5.equals(archive.md5())) {
          return;
        }
        partial.restart();
        if (!begunEarlier) {
          throw JobFailure.badConfiguration(
              String.format(
                  "%s has the MD5 %s, expected %s: it is not the official archive, and is not kept;"
                      + " set data.download.url to another address, or fetch it by hand and set"
                      + " data.source to its path.",
                  uri, md5, archive.md5()));
        }
        begunEarlier = false;
        throw new IOException("what an earlier try had left was not the beginning of this file");
      } catch (IOException e) {
        if (tries >= policy.tries()) {
          throw new JobFailure(
              ExitCode.PREFLIGHT_FAILED,
              String.format(
                  "%s could not be fetched in %d tries (%s): try again later, which goes on where"
                      + " this ended, or fetch it by hand and set data.source to its path.",
                  uri, tries, Reason.of(e)),
              e);
        }
        pause(policy.pauseAfter(tries), Reason.of(e));
      }
    }
  }

  /** Fetches what is missing, over one connection. */
  private void transfer(URI uri, PartialFile partial) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(HEAD_LIMIT);
    long start = partial.size();
    if (start > 0) {
      request.header("Range", "bytes=" + start + "-");
    }
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case HttpURLConnection.HTTP_OK -> {
          // all of it, whether or not a part was asked for
          partial.restart();
          copy(body, partial, total(response, 0), uri);
        }
        case HttpURLConnection.HTTP_PARTIAL -> {
          requireRange(response, "bytes " + start + "-", partial);
          copy(body, partial, total(response, start), uri);
        }
        case RANGE_NOT_SATISFIABLE -> requireRange(response, "bytes */" + start, partial);
        case HttpURLConnection.HTTP_CLIENT_TIMEOUT, TOO_MANY_REQUESTS ->
            throw new IOException("HTTP status " + response.statusCode());
        default -> throw refused(uri, response.statusCode());
      }
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Size of the whole file; -1 if the server does not say. */
  private static long total(HttpResponse<?> response, long start) {
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    return length < 0 ? -1 : start + length;
  }

  private static void requireRange(HttpResponse<?> response, String expected, PartialFile partial)
      throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith(expected)) {
      partial.restart();
      throw new IOException(
          "the server answered with the range \"" + range + "\", expected " + expected);
    }
  }

  private void copy(InputStream body, PartialFile partial, long total, URI uri) throws IOException {
    ProgressLines lines = new ProgressLines(uri, partial.size(), total);
    try (StallWatch watch = new StallWatch(body, policy.stall())) {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
          watch.moved();
          partial.append(buffer, count);
          lines.at(partial.size());
        }
      } catch (IOException e) {
        throw watch.stalled()
            ? new IOException("nothing came for " + policy.stall().toMillis() + " ms", e)
            : e;
      }
      if (watch.stalled()) {
        throw new IOException("nothing came for " + policy.stall().toMillis() + " ms");
      }
    }
  }

  private static RuntimeException refused(URI uri, int status) throws IOException {
    if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      throw new IOException("HTTP status " + status);
    }
    return JobFailure.badConfiguration(
        String.format(
            "%s cannot be had (HTTP status %d): set data.download.url to an address that has the"
                + " file, or fetch it by hand and set data.source to its path.",
            uri, status));
  }

  private void pause(Duration pause, String reason) {
    progress.accept(
        String.format(
            Locale.ROOT, "  Interrupted (%s); goes on in %d s", reason, pause.toSeconds()));
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static JobFailure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new JobFailure(ExitCode.STOPPED, "The download was interrupted.", cause);
  }

  /** A line for every tenth of the file, or every so many bytes where its size is not known. */
  private final class ProgressLines {
    private static final int PARTS = 10;
    private static final long STEP_BYTES = 16L << 20;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final String name;
    private final long total;
    private final long step;
    private long next;

    ProgressLines(URI uri, long start, long total) {
      this.name = uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
      this.total = total;
      this.step = total < 0 ? STEP_BYTES : Math.max(1, (total + PARTS - 1) / PARTS);
      this.next = start + step;
      if (start > 0) {
        progress.accept(String.format(Locale.ROOT, "  %s: goes on at %s", name, megabytes(start)));
      }
    }

    void at(long done) {
      if (done >= next || done == total) {
        progress.accept(
            String.format(
                Locale.ROOT,
                "  %s: %s%s",
                name,
                megabytes(done),
                total < 0 ? "" : " of " + megabytes(total)));
        next = done + step;
      }
    }

    private static String megabytes(long bytes) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / BYTES_PER_MEGABYTE);
    }
  }
}
