package panelperf.headless;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import panelperf.RealParts;

/**
 * A real nginx in front of a Panel server: compressing, below a path, with TLS of a private authority. {@code /apps/} wants
 * the header {@code X-Team: load}, sets a cookie, and takes websockets with that cookie and that header only; {@code /private/} wants the
 * user ada and her password.
 */
final class Nginx implements AutoCloseable {
    private static final String PROXY = """
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            """;

    private final Path directory;
    private final PrivateAuthority authority;
    private final Process process;
    private final int http;
    private final int https;

    private Nginx(Path directory, PrivateAuthority authority, Process process, int http, int https) {
        this.directory = directory;
        this.authority = authority;
        this.process = process;
        this.http = http;
        this.https = https;
    }

    static Nginx before(URI panel) throws IOException, GeneralSecurityException, InterruptedException {
        Path program = RealParts.nginx();
        Path directory = Files.createTempDirectory("nginx");
        // Started by root, its worker is somebody else, who must read the users.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateAuthority authority = PrivateAuthority.make();
        int http = freePort();
        int https = freePort();
        Files.writeString(directory.resolve("users"), "ada:{PLAIN}secret\n");
        Path conf = Files.writeString(
                directory.resolve("nginx.conf"),
                conf(directory, authority, http, https, "http://127.0.0.1:" + panel.getPort()));
        Process process = new ProcessBuilder(
                        program.toString(), "-p", directory.toString(), "-c", conf.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Nginx nginx = new Nginx(directory, authority, process, http, https);
        nginx.awaitListening();
        return nginx;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String conf(Path directory, PrivateAuthority authority, int http, int https, String panel)
            throws IOException, GeneralSecurityException {
        return String.format(
                Locale.ROOT, """
                daemon off;
                worker_processes 1;
                pid %1$s/pid;
                events { worker_connections 256; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  gzip on; gzip_proxied any; gzip_types text/css text/javascript application/javascript;
                  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
                  server {
                    listen 127.0.0.1:%2$d;
                    listen 127.0.0.1:%3$d ssl;
                    ssl_certificate %4$s;
                    ssl_certificate_key %5$s;
                    location /apps/ {
                      if ($http_x_team != "load") { return 401; }
                      add_header Set-Cookie "visit=yes; Path=/apps; HttpOnly";
                      proxy_pass %6$s/;
                      %7$s
                    }
                    location ~ ^/apps/(.*)/ws$ {
                      if ($http_x_team != "load") { return 401; }
                      if ($cookie_visit != "yes") { return 403; }
                      proxy_pass %6$s/$1/ws$is_args$args;
                      %7$s
                    }
                    location /private/ {
                      auth_basic "private";
                      auth_basic_user_file %1$s/users;
                      proxy_pass %6$s/;
                      %7$s
                    }
                  }
                }
                """, directory, http, https, authority.chain(), authority.key(), panel, PROXY);
    }

    /** Until the port is open; nginx says nothing when it is. */
    private void awaitListening() throws IOException, InterruptedException {
        for (int i = 0; i < 500 && process.isAlive(); i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), https).close();
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new IOException("nginx did not start; it printed:\n" + Files.readString(directory.resolve("log")));
    }

    URI http(String path) {
        return URI.create("http://localhost:" + http + path);
    }

    URI https(String path) {
        return URI.create("https://localhost:" + https + path);
    }

    /** The authority behind its TLS, PEM. */
    Path certificate() {
        return authority.certificate();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        authority.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
