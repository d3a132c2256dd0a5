package panelperf.study;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import panelperf.headless.Trust;
import panelperf.visit.RequestHeaders;

/**
 * The options of a run, read and checked before anything starts.
 *
 * @param baseUrl the server under test; null: our own target
 * @param port where our own target is looked for and else started; 0: any free port
 * @param knobs what is set of our own target
 * @param users users of single_load and load, 1 to 100,000
 * @param duration how long the users of load go on
 * @param profiles those that are to run; empty: all of the simulation's
 * @param timeout how long any visit may take; null: what its profile says
 * @param pacing {@code on}, {@code off}, or the name of a file
 * @param full whether the full engine opens the pages; else the light one
 * @param transpiled the full engine's directory; null: below the user's cache
 * @param warmCache whether users come back with a filled cache
 * @param headers what every request to the server carries
 * @param ca a file of certificates that TLS trusts beside the JDK's; null: none
 * @param course which phases there are beside the profiles
 * @param canary whether a real browser visits beside the last profile
 * @param limits thresholds that were asked for, beside or in place of the study's
 * @param strict whether thresholds are met by whole intervals only
 * @param results the directory below which the run makes its own
 */
public record Options(
        @Nullable URI baseUrl,
        int port,
        TargetKnobs knobs,
        int users,
        Duration duration,
        List<String> profiles,
        @Nullable Duration timeout,
        String pacing,
        boolean full,
        @Nullable Path transpiled,
        boolean warmCache,
        RequestHeaders headers,
        @Nullable Path ca,
        Course course,
        boolean canary,
        List<LimitOption> limits,
        boolean strict,
        Path results) {
    public Options {
        profiles = List.copyOf(profiles);
        limits = List.copyOf(limits);
    }

    /**
     * The phases that can be left out.
     *
     * @param warmUp whether the injector's JVM is warmed up first
     * @param baseline whether one user's visits come before the profiles of a whole study
     * @param settle whether the server is given time to destroy their sessions
     * @param drain whether the end of the profiles' sessions is waited for
     * @param serverSide whether the server is asked for its sessions in the end
     */
    public record Course(boolean warmUp, boolean baseline, boolean settle, boolean drain, boolean serverSide) {}

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h)");

    /**
     * Reads the options.
     *
     * @param properties the system properties that are set
     * @throws StudyStopped when a value is not valid, with the valid ones
     */
    public static Options read(Map<String, String> properties) {
        Function<String, @Nullable String> property = properties::get;
        return new Options(
                text(property, Option.BASE_URL).map(Options::url).orElse(null),
                text(property, Option.PORT)
                        .map(v -> number(Option.PORT, v, 0, 65_535))
                        .orElse(5555),
                TargetKnobs.read(properties),
                text(property, Option.USERS)
                        .map(v -> number(Option.USERS, v, 1, 100_000))
                        .orElse(10),
                text(property, Option.DURATION)
                        .map(v -> duration(Option.DURATION, v))
                        .orElse(Duration.ofMinutes(4)),
                text(property, Option.PROFILES)
                        .map(value -> Stream.of(value.split(",", -1))
                                .map(String::trim)
                                .toList())
                        .filter(names -> !names.equals(List.of("all")))
                        .orElse(List.of()),
                text(property, Option.TIMEOUT)
                        .map(v -> duration(Option.TIMEOUT, v))
                        .orElse(null),
                text(property, Option.PACING).orElse("on"),
                choice(property, Option.ENGINE, "light", "full"),
                text(property, Option.TRANSPILED).map(Path::of).orElse(null),
                choice(property, Option.CACHE, "cold", "warm"),
                headers(properties),
                text(property, Option.CA).map(Path::of).orElse(null),
                new Course(
                        !choice(property, Option.WARMUP, "on", "off"),
                        !choice(property, Option.BASELINE, "on", "off"),
                        !choice(property, Option.SETTLE, "on", "off"),
                        !choice(property, Option.DRAIN, "on", "off"),
                        !choice(property, Option.SERVER_SIDE, "on", "off")),
                choice(property, Option.CANARY, "off", "on"),
                LimitOption.readAll(properties),
                choice(property, Option.STRICT, "off", "on"),
                Path.of(text(property, Option.RESULTS).orElse("target/panel-performance")));
    }

    /**
     * Which of a simulation's profiles run, in its order.
     *
     * @throws StudyStopped when one was asked for that the simulation does not have
     */
    List<String> profilesOf(List<String> simulation) {
        for (String asked : profiles) {
            if (!simulation.contains(asked)) {
                throw bad(Option.PROFILES, "some of " + simulation + ", with commas between them", asked);
            }
        }
        return profiles.isEmpty()
                ? simulation
                : simulation.stream().filter(profiles::contains).toList();
    }

    /** How long a visit may take: what was asked for, else what its profile says. */
    Duration deadlineOr(Duration profile) {
        return timeout == null ? profile : timeout;
    }

    private static Optional<String> text(Function<String, @Nullable String> property, Option option) {
        String value = property.apply(option.property());
        if (value != null && value.isBlank()) {
            // A variable that was not set must not turn somebody's server into ours.
            throw bad(option, "a value", value);
        }
        return Optional.ofNullable(value).map(String::trim);
    }

    /** Whether the second of two words was given; the first is the default. */
    private static boolean choice(
            Function<String, @Nullable String> property, Option option, String first, String second) {
        String value = text(property, option).orElse(first).toLowerCase(Locale.ROOT);
        if (!value.equals(first) && !value.equals(second)) {
            throw bad(option, first + " or " + second, value);
        }
        return value.equals(second);
    }

    private static RequestHeaders headers(Map<String, String> properties) {
        String prefix = "header.";
        Map<String, String> values = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), value);
            }
        });
        try {
            return new RequestHeaders(values);
        } catch (IllegalArgumentException e) {
            throw new StudyStopped("option " + e.getMessage() + "; start again with a valid -Dheader.<Name>");
        }
    }

    /**
     * Whom TLS trusts; null: the JDK's authorities.
     *
     * @throws StudyStopped when the file cannot be used
     */
    @Nullable
    SSLContext tls() {
        try {
            return ca == null ? null : Trust.also(ca);
        } catch (IllegalArgumentException e) {
            throw new StudyStopped("option " + e.getMessage() + "; start again with a valid -Dca");
        }
    }

    private static URI url(String value) {
        return PageAddress.parse(value).orElseThrow(() -> bad(Option.BASE_URL, PageAddress.FORM, value));
    }

    private static int number(Option option, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(option, "a whole number from " + least + " to " + most, value);
        }
        throw bad(option, "a whole number from " + least + " to " + most, value);
    }

    private static Duration duration(Option option, String value) {
        return durationOf(value)
                .orElseThrow(() -> bad(option, "more than 0 and at most 24h, written as 500ms, 30s, 4m or 1h", value));
    }

    /** Empty when the text is no duration of more than 0 and at most 24 hours. */
    static Optional<Duration> durationOf(String value) {
        Matcher matcher = DURATION.matcher(value.toLowerCase(Locale.ROOT));
        if (matcher.matches() && matcher.group(1).length() <= 9) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (!duration.isZero() && duration.compareTo(Duration.ofHours(24)) <= 0) {
                return Optional.of(duration);
            }
        }
        return Optional.empty();
    }

    private static StudyStopped bad(Option option, String expected, String found) {
        return StudyStopped.badOption(option.property(), expected, found);
    }
}
