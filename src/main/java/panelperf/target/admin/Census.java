package panelperf.target.admin;

/**
 * How many sessions there are, and of which kind.
 *
 * @param total all that there have ever been
 * @param coming live, and no socket has come yet
 * @param connected live, with a socket
 * @param waiting live, without a socket any more: they only wait for their end
 */
public record Census(long total, int coming, int connected, int waiting) {
    /** Live sessions of all three kinds: what Panel's page calls active. */
    public int active() {
        return coming + connected + waiting;
    }
}
