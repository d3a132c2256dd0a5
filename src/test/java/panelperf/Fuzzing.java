package panelperf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A fuzzer for every build: changes known inputs at random, the same each time. It knows nothing of coverage, as Jazzer
 * does, but needs no agent, and a failure names the seed, the run and the bytes.
 */
public final class Fuzzing {
    private static final int LONGEST = 4_096;

    private Fuzzing() {}

    /** Runs under Jazzer only: its agent would change the classes of all tests that come after it. */
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIfEnvironmentVariable(
            named = "JAZZER_FUZZ",
            matches = "1",
            disabledReason = "its inputs are run by the test beside it; JAZZER_FUZZ=1 looks for new ones")
    public @interface WithJazzer {}

    /** What is to hold for any bytes. */
    @FunctionalInterface
    public interface Target {
        void accept(byte[] input) throws Exception;
    }

    /**
     * Runs a target on its seeds, and then on changes of them.
     *
     * @param fuzzTest whose method's inputs, in {@code src/test/resources}, are the seeds: Jazzer's place for them
     */
    public static void run(Class<?> fuzzTest, String method, long seed, int runs, Target target) {
        List<byte[]> seeds = seeds(fuzzTest, method);
        Random random = new Random(seed);
        for (int run = 0; run < runs; run++) {
            byte[] input = run < seeds.size()
                    ? seeds.get(run)
                    : changed(seeds.get(random.nextInt(seeds.size())), seeds, random);
            try {
                target.accept(input);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", run " + run + ": keep these bytes as a file in " + folder(fuzzTest, method)
                                + ": " + HexFormat.of().formatHex(input),
                        e);
            }
        }
    }

    private static List<byte[]> seeds(Class<?> fuzzTest, String method) {
        try (Stream<Path> files = Files.list(folder(fuzzTest, method))) {
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(Class<?> fuzzTest, String method) {
        return Path.of("src/test/resources", fuzzTest.getPackageName().split("\\.", -1))
                .resolve(fuzzTest.getSimpleName() + "Inputs")
                .resolve(method);
    }

    private static byte[] changed(byte[] seed, List<byte[]> others, Random random) {
        byte[] input = seed.clone();
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            input = changedOnce(input, others.get(random.nextInt(others.size())), random);
        }
        return input;
    }

    private static byte[] changedOnce(byte[] input, byte[] other, Random random) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(input.length - at, 16) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> spliced(input, at, length, new byte[0]);
            case 1 -> spliced(input, at, 0, Arrays.copyOfRange(input, at, at + length));
            case 2 -> spliced(input, at, 0, random(random));
            case 3 ->
                spliced(input, at, Math.min(1, length), new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
            case 4 -> spliced(input, at, input.length - at, tail(other, random));
            default -> flipped(input, random);
        };
    }

    private static final byte[] INTERESTING = {0, 1, 9, 10, 13, 32, 34, 44, 46, 58, 91, 93, 123, 125, 126, 127, -128, -1
    };

    private static byte[] random(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(8)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] tail(byte[] other, Random random) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    private static byte[] flipped(byte[] input, Random random) {
        if (input.length > 0) {
            input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
    }

    private static byte[] spliced(byte[] input, int at, int removed, byte[] added) {
        int length = Math.min(LONGEST, input.length - removed + added.length);
        byte[] all = new byte[input.length - removed + added.length];
        System.arraycopy(input, 0, all, 0, at);
        System.arraycopy(added, 0, all, at, added.length);
        System.arraycopy(input, at + removed, all, at + added.length, input.length - at - removed);
        return Arrays.copyOf(all, length);
    }
}
