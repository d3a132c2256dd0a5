package panelperf.headless;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates TLS takes: the JDK's authorities, and those of a file. Host names are checked in any case. */
public final class Trust {
    private Trust() {}

    /**
     * The JDK's authorities and those of a file.
     *
     * @param pem one or more certificates in PEM, of a private authority or of one server
     * @throws IllegalArgumentException when the file cannot be read or holds no certificate
     */
    public static SSLContext also(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> own =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (own.isEmpty()) {
                throw notPem(pem, "none");
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (Certificate certificate : own) {
                all.setCertificateEntry("own-" + number++, certificate);
            }
            for (X509Certificate authority : authorities()) {
                all.setCertificateEntry("jdk-" + number++, authority);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (IOException e) {
            throw new IllegalArgumentException("ca: the file " + pem + " cannot be read (" + e + ")", e);
        } catch (GeneralSecurityException e) {
            throw notPem(pem, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException notPem(Path pem, String found) {
        return new IllegalArgumentException("ca: expected certificates in PEM in " + pem + ", found " + found);
    }

    private static X509Certificate[] authorities() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                return known.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
