package panelperf.target;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What opens the admin page to other machines. A browser that has given it once holds a cookie that is good until the
 * server ends; a program sends it as {@code Authorization: Bearer}. It is never in a URL, a log or a {@code toString}.
 *
 * <p>Decision: sixteen characters at least, so that it cannot be guessed over a network. Rejected: counting attempts, by
 * which anybody could lock the owner out.
 */
public final class AdminSecret {
    private static final String COOKIE = "panelperf-admin";
    private static final String BEARER = "Bearer ";
    private static final int SHORTEST = 16;
    private static final int PASS_BYTES = 32;

    private final byte[] secretHash;
    private final String pass;

    /** A secret of at least 16 characters. */
    public AdminSecret(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("admin secret: expected at least " + SHORTEST + " characters, found "
                    + secret.length() + "; make one with: openssl rand -hex 16");
        }
        byte[] random = new byte[PASS_BYTES];
        new SecureRandom().nextBytes(random);
        secretHash = hash(secret);
        pass = HexFormat.of().formatHex(random);
    }

    /** Whether a request comes from somebody who knows it. */
    boolean isKnownTo(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.startsWith(BEARER)) {
            return isIt(authorization.substring(BEARER.length()).strip());
        }
        return hasPass(headers.get(HttpHeaderNames.COOKIE));
    }

    private boolean hasPass(@Nullable String cookies) {
        if (cookies == null) {
            return false;
        }
        for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(cookies)) {
            if (cookie.name().equals(COOKIE) && same(hash(cookie.value()), hash(pass))) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is the secret; takes as long when it is nearly as when it is not at all. */
    boolean isIt(String text) {
        return same(hash(text), secretHash);
    }

    /** The header by which a browser is let in from now on. Scripts cannot read it, and other sites cannot send it. */
    String cookie() {
        return COOKIE + "=" + pass + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** The header by which a browser forgets it. */
    static String noCookie() {
        return COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";
    }

    private static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "(an admin secret)";
    }
}
