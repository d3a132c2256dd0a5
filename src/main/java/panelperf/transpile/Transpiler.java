package panelperf.transpile;

/** Makes scripts into what HtmlUnit can run. Any thread may call it. */
public interface Transpiler {
    /** Its name, version and options: whatever changes what comes out. */
    String identity();

    /**
     * The same script in older words. It may take seconds.
     *
     * @param name what the script is called in messages
     * @throws CannotTranspile when the script cannot be parsed, or the transpiler broke
     */
    String transpile(String name, String source) throws CannotTranspile;
}
