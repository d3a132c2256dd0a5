package panelperf.headless;

import java.util.List;
import org.htmlunit.util.NameValuePair;

/**
 * An answer that came.
 *
 * @param status HTTP status
 * @param headers in their order
 * @param body empty where it was only counted
 * @param firstByteNanos when its headers came
 * @param lastByteNanos when its body had come
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers, and bodies are too large to copy.
record Fetched(int status, List<NameValuePair> headers, byte[] body, long firstByteNanos, long lastByteNanos) {
    boolean ok() {
        return status / 100 == 2;
    }
}
