package panelperf.target;

import java.util.random.RandomGenerator;

/** New session ids: 44 letters and digits, as Bokeh's (bokeh/util/token.py, {@code generate_session_id}). */
final class SessionIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 44;

    private final RandomGenerator random;

    /** Whoever can guess the random numbers can guess the ids: give a SecureRandom. As safe for threads as that is. */
    SessionIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
