package panelperf.visit;

import java.net.URI;
import java.util.regex.Pattern;

/** URLs as they may be written down or shown. */
public final class Redaction {
    /** What stands in a secret's place. */
    public static final String HIDDEN = "REDACTED";

    private static final Pattern USER_INFO = Pattern.compile("//[^/?#@]*@");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)([?&][^=&#]*(?:token|password|passwd|secret|key|auth|session|signature)[^=&#]*=)[^&#]*");

    private Redaction() {}

    /** The URL without its user's name and password, and without the values of queries that are named like secrets. */
    public static String of(URI url) {
        return of(url.toString());
    }

    /** The same for a page's own references, which need not be URIs. */
    public static String of(String url) {
        String text = USER_INFO.matcher(url).replaceFirst("//" + HIDDEN + "@");
        return SECRET.matcher(text).replaceAll("$1" + HIDDEN);
    }
}
