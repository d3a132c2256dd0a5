package panelperf.bokeh;

/** What a server makes of a token. */
public sealed interface TokenCheck {
    /**
     * The token is good.
     *
     * @param sessionId the session it names, which need not exist
     * @param signed whether this server signed it
     */
    record Valid(String sessionId, boolean signed) implements TokenCheck {}

    /** It was good once, or has no time of expiry. */
    record Expired() implements TokenCheck {}

    /** It is signed by somebody else, or not at all where it has to be. */
    record Unsigned() implements TokenCheck {}

    /** It is no token: no base64url, no JSON object, no session's id, or far too long. */
    record Malformed() implements TokenCheck {}
}
