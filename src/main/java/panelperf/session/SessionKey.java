package panelperf.session;

/**
 * Names one session for good.
 *
 * @param id its name in tokens; an old token makes a second session of the same id once the first was destroyed
 * @param number which of the server's sessions it is, from 1; never used twice
 */
public record SessionKey(String id, long number) {
    public SessionKey {
        if (id.isEmpty() || number < 1) {
            throw new IllegalArgumentException(
                    "session: expected an id and a number from 1, found '" + id + "' and " + number);
        }
    }
}
