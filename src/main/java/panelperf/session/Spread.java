package panelperf.session;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something takes, drawn anew each time. As a text: {@code 90ms}, always the same; {@code 75ms..100ms}, evenly
 * between the two; {@code 90ms~120ms}, log-normal with that median and that ninetieth percentile, which is the shape of
 * times that are cut short by nothing and now and then drawn out.
 */
public sealed interface Spread {
    /** Keeps sums of nanoseconds far from overflow. */
    Duration LONGEST = Duration.ofDays(1);

    /** No time at all. */
    static Spread zero() {
        return new Constant(Duration.ZERO);
    }

    /** A time in nanoseconds; 0 to {@link #LONGEST}. */
    long nanos(RandomGenerator random);

    /** Whether it never takes any time. */
    default boolean isZero() {
        return equals(zero());
    }

    /** The text form, which {@link #parse} reads. */
    String text();

    /** Always the same. */
    record Constant(Duration value) implements Spread {
        public Constant {
            check(value);
        }

        @Override
        public long nanos(RandomGenerator random) {
            return value.toNanos();
        }

        @Override
        public String text() {
            return Texts.of(value);
        }
    }

    /**
     * Evenly between two times.
     *
     * @param least included
     * @param most more than {@code least}; excluded
     */
    record Uniform(Duration least, Duration most) implements Spread {
        public Uniform {
            check(least);
            check(most);
            checkOrder(least, most, "..");
        }

        @Override
        public long nanos(RandomGenerator random) {
            return random.nextLong(least.toNanos(), most.toNanos());
        }

        @Override
        public String text() {
            return Texts.of(least) + ".." + Texts.of(most);
        }
    }

    /**
     * The logarithm is normal.
     *
     * @param median more than 0
     * @param p90 the ninetieth percentile, more than the median
     */
    record LogNormal(Duration median, Duration p90) implements Spread {
        /** The ninetieth percentile of the standard normal distribution. */
        private static final double Z90 = 1.2815515655446004;

        public LogNormal {
            check(median);
            check(p90);
            checkOrder(median, p90, "~");
            if (median.isZero()) {
                throw new IllegalArgumentException("a median of 0 has no logarithm: expected more, found 0~"
                        + Texts.of(p90) + "; write 0.." + Texts.of(p90));
            }
        }

        @Override
        public long nanos(RandomGenerator random) {
            double sigma = Math.log((double) p90.toNanos() / median.toNanos()) / Z90;
            double drawn = median.toNanos() * Math.exp(sigma * random.nextGaussian());
            return (long) Math.min(drawn, (double) LONGEST.toNanos());
        }

        @Override
        public String text() {
            return Texts.of(median) + "~" + Texts.of(p90);
        }
    }

    /**
     * Reads a text form.
     *
     * @throws IllegalArgumentException with what was expected and what was found
     */
    static Spread parse(String text) {
        String stripped = text.strip();
        String[] range = stripped.split("\\.\\.", -1);
        if (range.length == 2) {
            return new Uniform(Texts.duration(range[0], text), Texts.duration(range[1], text));
        }
        String[] skewed = stripped.split("~", -1);
        return skewed.length == 2
                ? new LogNormal(Texts.duration(skewed[0], text), Texts.duration(skewed[1], text))
                : new Constant(Texts.duration(stripped, text));
    }

    private static void check(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a time: expected 0 to 1 day, found " + time.toMillis() + " ms");
        }
    }

    private static void checkOrder(Duration first, Duration second, String between) {
        if (first.compareTo(second) >= 0) {
            throw new IllegalArgumentException("a spread of times: expected the smaller one first, found "
                    + Texts.of(first) + between + Texts.of(second) + "; write " + Texts.of(first) + " for one time");
        }
    }

    /** Durations as people write them. */
    final class Texts {
        private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m)|0");

        private Texts() {}

        static Duration duration(String part, String whole) {
            Matcher matcher = DURATION.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("expected a time such as 90ms, a range such as 75ms..100ms, or a"
                        + " median and a ninetieth percentile such as 90ms~120ms, found '" + whole + "'");
            }
            if (matcher.group(1) == null) {
                return Duration.ZERO;
            }
            double amount = Double.parseDouble(matcher.group(1));
            double nanos = switch (matcher.group(2)) {
                case "ms" -> amount * 1e6;
                case "s" -> amount * 1e9;
                default -> amount * 60e9;
            };
            return Duration.ofNanos(Math.round(nanos));
        }

        static String of(Duration time) {
            if (time.isZero()) {
                return "0";
            }
            double millis = time.toNanos() / 1e6;
            String digits = String.format(Locale.ROOT, "%.3f", millis).replaceAll("\\.?0+$", "");
            return digits + "ms";
        }
    }
}
