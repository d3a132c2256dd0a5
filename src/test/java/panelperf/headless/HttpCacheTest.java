package panelperf.headless;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A returning user's cache, by RFC 9111. */
final class HttpCacheTest {
    private static final URI URL = URI.create("http://localhost/static/bokeh.js");
    /** 2026-11-24T00:00:00Z. */
    private static final long NOW = 1_795_478_400_000L;

    private final HttpCache cache = new HttpCache();

    @Test
    void an_answer_is_fresh_for_its_max_age() {
        cache.put(URL, answer(200, "Cache-Control: public, max-age=60"), NOW);

        assertThat(kept().staleAtMs()).isEqualTo(NOW + 60_000);
    }

    @Test
    void without_an_age_it_is_fresh_for_a_tenth_of_what_it_is_old() {
        cache.put(URL, answer(200, "Last-Modified: Mon, 23 Nov 2026 00:00:00 GMT"), NOW);

        assertThat(kept().staleAtMs()).isEqualTo(NOW + 8_640_000);
    }

    @Test
    void a_stale_answer_is_asked_for_by_its_marks() {
        cache.put(URL, answer(200, "ETag: \"a\"", "Last-Modified: Mon, 23 Nov 2026 00:00:00 GMT"), NOW);

        assertThat(kept().conditions())
                .containsEntry("If-None-Match", "\"a\"")
                .containsEntry("If-Modified-Since", "Mon, 23 Nov 2026 00:00:00 GMT");
    }

    @Test
    void no_cache_means_to_ask_each_time() {
        cache.put(URL, answer(200, "Cache-Control: no-cache, max-age=60", "ETag: \"a\""), NOW);

        assertThat(kept().staleAtMs()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "200, Cache-Control: no-store",
        "404, Cache-Control: max-age=60",
        "200, X: neither an age nor a mark",
        "200, Last-Modified: yesterday"
    })
    void what_may_not_or_cannot_be_kept_is_not(int status, String header) {
        cache.put(URL, answer(status, header), NOW);

        HttpCache.Stored kept = cache.get(URL);
        assertThat(kept == null || kept.staleAtMs() <= NOW).isTrue();
    }

    @Test
    void it_holds_a_thousand_answers_and_forgets_the_least_used() {
        for (int i = 0; i < 1001; i++) {
            cache.put(URI.create("http://localhost/" + i), answer(200, "Cache-Control: max-age=60"), NOW);
        }

        assertThat(cache.get(URI.create("http://localhost/0"))).isNull();
        assertThat(cache.get(URI.create("http://localhost/1"))).isNotNull();
    }

    private HttpCache.Stored kept() {
        return Objects.requireNonNull(cache.get(URL), "expected an answer that was kept");
    }

    private static Fetched answer(int status, String... headers) {
        List<NameValuePair> pairs = new ArrayList<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            pairs.add(new NameValuePair(header.substring(0, colon), header.substring(colon + 2)));
        }
        return new Fetched(status, pairs, new byte[0], 0, 0);
    }
}
