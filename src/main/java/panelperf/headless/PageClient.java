package panelperf.headless;

import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;

/** HtmlUnit's client without what it prepares for the empty page that nobody looks at. */
final class PageClient extends WebClient {
    private static final long serialVersionUID = 1L;

    /** False while the super constructor opens its first window. */
    private final boolean made;

    PageClient(BrowserVersion browser) {
        super(browser, true, null, -1);
        this.made = true;
    }

    @Override
    public boolean isJavaScriptEngineEnabled() {
        return made && super.isJavaScriptEngineEnabled();
    }

    @Override
    public boolean isJavaScriptEnabled() {
        return made && super.isJavaScriptEnabled();
    }
}
