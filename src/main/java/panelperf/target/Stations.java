package panelperf.target;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import panelperf.bokeh.Data;
import panelperf.bokeh.Models.Heading;

/** What the dashboard shows: figures that are made up, and the same at every start. */
final class Stations {
    static final List<Heading> HEADINGS = List.of(
            Heading.texts("station", "Station"),
            Heading.numbers("load", "Load, %", 0),
            Heading.numbers("latency", "Latency, ms", 1));

    private static final int COUNT = 40;
    private static final int SECONDS = 60;
    /** What a visitor asks for each second, what all stations can do at most, and how soon the visitors come. */
    private static final double REQUESTS_A_VISITOR = 0.8;

    private static final double CAPACITY = 40;

    private static final double RAMP_SECONDS = 12;

    static final String SUMMARY = "<p><b>" + COUNT + "</b> stations, mean load <b>" + oneDecimal(mean(loads()))
            + " %</b>, worst latency <b>" + oneDecimal(max(latencies())) + " ms</b></p>";

    private Stations() {}

    /** One row a station. */
    static Data table() {
        return Data.empty()
                .with(
                        "station",
                        IntStream.range(0, COUNT)
                                .mapToObj(i -> String.format(Locale.ROOT, "S%03d", i))
                                .toList())
                .with("load", loads())
                .with("latency", latencies());
    }

    private static double[] loads() {
        return IntStream.range(0, COUNT).mapToDouble(i -> (i * 37 + 11) % 100).toArray();
    }

    private static double[] latencies() {
        return IntStream.range(0, COUNT)
                .mapToDouble(i -> (80 + (i * 193 + 57) % 1120) / 10.0)
                .toArray();
    }

    /** Requests per second after so many visitors have come: a ramp with a ripple, towards what the stations can do. */
    static Data requests(int visitors) {
        double[] seconds =
                IntStream.rangeClosed(0, 2 * SECONDS).mapToDouble(i -> i / 2.0).toArray();
        double[] requests = IntStream.range(0, seconds.length)
                .mapToDouble(i -> served(visitors * (1 - Math.exp(-seconds[i] / RAMP_SECONDS)))
                        * (1 + 0.08 * Math.sin(seconds[i])))
                .toArray();
        return Data.empty().with("second", seconds).with("requests", requests);
    }

    /** The more is asked for, the less of it is served. */
    private static double served(double visitors) {
        return CAPACITY * (1 - Math.exp(-visitors * REQUESTS_A_VISITOR / CAPACITY));
    }

    static String readout(int visitors) {
        return "<p>" + (visitors == 1 ? "1 visitor is" : visitors + " visitors are") + " served about <b>"
                + oneDecimal(served(visitors)) + "</b> requests per second in the long run.</p>";
    }

    private static double mean(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(0);
    }

    private static double max(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .max()
                .orElse(0);
    }

    private static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
