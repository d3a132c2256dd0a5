package panelperf.headless;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority of our own for two days, and a certificate of its for localhost; made by the JDK's keytool. */
final class PrivateAuthority implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final KeyStore keys;

    private PrivateAuthority(Path directory, KeyStore keys) {
        this.directory = directory;
        this.keys = keys;
    }

    static PrivateAuthority make() throws IOException, GeneralSecurityException, InterruptedException {
        Path directory = Files.createTempDirectory("authority");
        Path store = directory.resolve("keys.p12");
        keytool(store, "-genkeypair", "-alias", "ca", "-dname", "CN=Private authority", "-ext", "bc:c");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-signer",
                "ca");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        PrivateAuthority authority = new PrivateAuthority(directory, keys);
        authority.write("ca.pem", "CERTIFICATE", keys.getCertificate("ca").getEncoded());
        return authority;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + printed);
        }
    }

    /** The authority's certificate, PEM. */
    Path certificate() {
        return directory.resolve("ca.pem");
    }

    /** The server's certificate and those above it, PEM. */
    Path chain() throws IOException, GeneralSecurityException {
        List<byte[]> chain = new ArrayList<>();
        for (Certificate certificate : keys.getCertificateChain("server")) {
            chain.add(certificate.getEncoded());
        }
        return write("server.pem", "CERTIFICATE", chain.toArray(byte[][]::new));
    }

    /** The server's private key, PEM. */
    Path key() throws IOException, GeneralSecurityException {
        return write(
                "key.pem",
                "PRIVATE KEY",
                keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
    }

    private Path write(String name, String what, byte[]... all) throws IOException {
        StringBuilder text = new StringBuilder();
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (byte[] bytes : all) {
            text.append("-----BEGIN ").append(what).append("-----\n");
            text.append(lines.encodeToString(bytes));
            text.append("\n-----END ").append(what).append("-----\n");
        }
        return Files.writeString(directory.resolve(name), text);
    }

    /** A port of localhost that speaks TLS with the server's certificate. */
    ServerSocket listener() throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(serverOnly(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    private KeyStore serverOnly() throws IOException, GeneralSecurityException {
        KeyStore server = KeyStore.getInstance("PKCS12");
        server.load(null, null);
        server.setKeyEntry(
                "server",
                keys.getKey("server", PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                keys.getCertificateChain("server"));
        return server;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
