package panelperf.target.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import panelperf.time.Timeline;

/**
 * Writes JSON piece by piece: a batch is made several times a second, so no tree of it is built first. Times are
 * milliseconds with three digits, instants since the Unix epoch: the clock is good for no more.
 */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int DIGITS = 3;

    /** What writes a value where one is due. */
    interface Value {
        void write(JsonText json) throws IOException;
    }

    /** What writes one element of an array. */
    interface Element<T> {
        void write(JsonText json, T element) throws IOException;
    }

    /** No fields. */
    static final Value NOTHING = json -> {};

    private final JsonGenerator out;
    private final Timeline timeline;

    private JsonText(JsonGenerator out, Timeline timeline) {
        this.out = out;
        this.timeline = timeline;
    }

    /** One JSON object on one line. */
    static String object(Timeline timeline, Value fields) {
        StringWriter text = new StringWriter(4096);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            JsonText json = new JsonText(out, timeline);
            out.writeStartObject();
            fields.write(json);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    void text(String name, String value) throws IOException {
        out.writeStringField(name, value);
    }

    void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    /** A share of one, to a tenth of a percent. */
    void share(String name, double value) throws IOException {
        out.writeNumberField(name, BigDecimal.valueOf(Math.round(value * 1000), DIGITS));
    }

    void milliseconds(String name, double nanos) throws IOException {
        out.writeNumberField(name, BigDecimal.valueOf(Math.round(nanos / 1000), DIGITS));
    }

    void milliseconds(String name, long nanos) throws IOException {
        milliseconds(name, (double) nanos);
    }

    void instant(String name, long nanos) throws IOException {
        out.writeNumberField(name, epochMs(timeline.epochMs(nanos)));
    }

    /** {@code null} where it has not happened. */
    void instant(String name, OptionalLong nanos) throws IOException {
        if (nanos.isPresent()) {
            instant(name, nanos.getAsLong());
        } else {
            out.writeNullField(name);
        }
    }

    void epoch(String name, double epochMs) throws IOException {
        out.writeNumberField(name, epochMs(epochMs));
    }

    private static BigDecimal epochMs(double epochMs) {
        return BigDecimal.valueOf(Math.round(epochMs * 1000), DIGITS);
    }

    void object(String name, Value fields) throws IOException {
        out.writeObjectFieldStart(name);
        fields.write(this);
        out.writeEndObject();
    }

    /** An array of objects. */
    <T> void objects(String name, List<T> elements, Element<T> fields) throws IOException {
        out.writeArrayFieldStart(name);
        for (T element : elements) {
            out.writeStartObject();
            fields.write(this, element);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** An array of milliseconds. */
    void milliseconds(String name, List<Long> nanos) throws IOException {
        out.writeArrayFieldStart(name);
        for (long one : nanos) {
            out.writeNumber(BigDecimal.valueOf(Math.round(one / 1000.0), DIGITS));
        }
        out.writeEndArray();
    }

    void texts(String name, List<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
