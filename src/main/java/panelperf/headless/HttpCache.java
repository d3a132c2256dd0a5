package panelperf.headless;

import java.net.URI;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.htmlunit.util.NameValuePair;
import org.jspecify.annotations.Nullable;

/**
 * One user's private cache (RFC 9111): fresh by {@code max-age}, else for a tenth of the answer's age; then asked for again
 * by {@code ETag} or {@code Last-Modified}. Any thread may call it.
 */
final class HttpCache {
    private static final int MOST = 1000;
    private static final Pattern MAX_AGE = Pattern.compile("max-age=(\\d{1,12})");

    private final Map<URI, Stored> entries = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Stored> eldest) {
            return size() > MOST;
        }
    });

    /**
     * An answer that was kept.
     *
     * @param staleAtMs from when on it must be asked for again, ms since the Unix epoch
     */
    record Stored(Fetched answer, long staleAtMs) {
        /** The headers that ask whether it still holds. */
        Map<String, String> conditions() {
            Map<String, String> conditions = new LinkedHashMap<>();
            header(answer, "etag").ifPresent(tag -> conditions.put("If-None-Match", tag));
            header(answer, "last-modified").ifPresent(date -> conditions.put("If-Modified-Since", date));
            return conditions;
        }
    }

    @Nullable
    Stored get(URI url) {
        return entries.get(url);
    }

    void put(URI url, Fetched answer, long nowMs) {
        String control = header(answer, "cache-control").orElse("").toLowerCase(Locale.ROOT);
        if (answer.status() != 200 || control.contains("no-store")) {
            return;
        }
        Stored entry = new Stored(answer, nowMs + freshMs(answer, control, nowMs));
        if (entry.staleAtMs() > nowMs || !entry.conditions().isEmpty()) {
            entries.put(url, entry);
        }
    }

    private static long freshMs(Fetched answer, String control, long nowMs) {
        if (control.contains("no-cache")) {
            return 0;
        }
        Matcher age = MAX_AGE.matcher(control);
        if (age.find()) {
            return Long.parseLong(age.group(1)) * 1000;
        }
        return header(answer, "last-modified")
                .map(date -> Math.max(0, (nowMs - epochMs(date, nowMs)) / 10))
                .orElse(0L);
    }

    private static long epochMs(String date, long otherwise) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    static Optional<String> header(Fetched answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(NameValuePair::getValue)
                .findFirst();
    }
}
