package panelperf.target;

import java.util.random.RandomGenerator;

/** New session ids: 44 letters and digits, as Bokeh's (bokeh/util/token.py, {@code generate_session_id}). */
final class SessionIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 44;
    private static final int SPARE = 12;
    private static final int SIX_BITS = 0x3f;

    private final RandomGenerator random;

    /** Whoever can guess the random numbers can guess the ids: give a SecureRandom. As safe for threads as that is. */
    SessionIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        // One draw for all letters: each draw of a SecureRandom takes its lock and asks the system.
        byte[] drawn = new byte[LENGTH + SPARE];
        StringBuilder id = new StringBuilder(LENGTH);
        while (id.length() < LENGTH) {
            random.nextBytes(drawn);
            for (int i = 0; i < drawn.length && id.length() < LENGTH; i++) {
                int letter = drawn[i] & SIX_BITS;
                // Two of the sixty-four would make some letters likelier than others.
                if (letter < ALPHABET.length()) {
                    id.append(ALPHABET.charAt(letter));
                }
            }
        }
        return id.toString();
    }
}
