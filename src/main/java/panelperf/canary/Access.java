package panelperf.canary;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import panelperf.visit.RequestHeaders;

/**
 * What a real browser is given so that a server lets it in, as the load's visits are.
 *
 * @param headers those of every request to the page's host; the websocket's too, from Chromium 151 on
 * @param tls whom TLS trusts; null: the browser's own authorities
 */
public record Access(RequestHeaders headers, @Nullable SSLContext tls) {
    private static final int PATIENCE_MS = 10_000;
    private static final int HTTPS = 443;

    /** Nothing. */
    public static Access open() {
        return new Access(RequestHeaders.none(), null);
    }

    /**
     * The browser's arguments for a page.
     *
     * @throws CannotStart when the server's certificate is not one that is trusted
     */
    List<String> arguments(URI page) throws CannotStart {
        List<String> arguments = new ArrayList<>();
        if (!headers.values().isEmpty()) {
            // The headers go with every request; so, as in the light engine, there are none to other hosts.
            arguments.add("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE " + page.getHost());
        }
        if (tls != null && "https".equalsIgnoreCase(page.getScheme())) {
            arguments.add("--ignore-certificate-errors-spki-list=" + keyOf(page, tls));
        }
        return arguments;
    }

    /**
     * The server's own key, once its certificate has been verified, name and all, as the load's visits do: Chromium has no
     * argument for an authority, but takes a key in spite of what it thinks of the certificate.
     */
    private static String keyOf(URI page, SSLContext tls) throws CannotStart {
        try (Socket socket = new Socket()) {
            int port = page.getPort() < 0 ? HTTPS : page.getPort();
            socket.connect(new InetSocketAddress(page.getHost(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            try (SSLSocket secured =
                    (SSLSocket) tls.getSocketFactory().createSocket(socket, page.getHost(), port, true)) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.startHandshake();
                byte[] key = secured.getSession()
                        .getPeerCertificates()[0]
                        .getPublicKey()
                        .getEncoded();
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CannotStart("expected a certificate of " + page.getHost()
                    + " that -Dca or the JDK trusts, found: " + e.getMessage());
        }
    }
}
