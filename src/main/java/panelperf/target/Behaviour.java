package panelperf.target;

import panelperf.session.Knobs;

/**
 * How a server behaves.
 *
 * @param preset the name under which its knobs are known, for whoever asks who answers
 * @param knobs what it does
 * @param seed of the times that vary: the same seed and the same events give the same times
 */
public record Behaviour(String preset, Knobs knobs, long seed) {
    /** The name of the knobs without any fault. */
    public static final String NATIVE = "native";

    /** These knobs, under the name of those without a fault. */
    public static Behaviour of(Knobs knobs) {
        return new Behaviour(NATIVE, knobs, 1);
    }
}
