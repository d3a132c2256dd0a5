package panelperf.headless;

import java.util.LinkedHashMap;
import java.util.Map;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.WebWindow;
import org.htmlunit.corejs.javascript.Callable;
import org.htmlunit.corejs.javascript.Context;
import org.htmlunit.corejs.javascript.Script;
import org.htmlunit.corejs.javascript.VarScope;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.javascript.HtmlUnitContextFactory;
import org.htmlunit.javascript.JavaScriptEngine;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/**
 * HtmlUnit's script engine with two changes: compiled scripts are shared by all pages of the JVM, and a script stops at
 * the visit's deadline, whatever it does short of one endless native call.
 */
final class ScriptEngine extends JavaScriptEngine {
    private static final long serialVersionUID = 1L;
    private static final CompiledScripts SHARED = new CompiledScripts();

    private final transient Ticker ticker;
    private final transient @Nullable HtmlUnitContextFactory factory;
    private volatile long deadlineNanos;
    private volatile boolean stopped;
    private final transient WebClient client;
    private volatile boolean ending;

    ScriptEngine(WebClient client, Ticker ticker, long deadlineNanos) {
        super(client);
        this.client = client;
        this.ticker = ticker;
        this.deadlineNanos = deadlineNanos;
        this.factory = new DeadlineFactory(client);
    }

    /** As HtmlUnit does, but for classes that nobody asks for. */
    @Override
    public void initialize(WebWindow window, Page page) {
        if (ending) {
            return;
        }
        getContextFactory().call(context -> {
            try {
                HostClasses.initialize(context, getContextFactory(), client, window, page);
            } catch (Exception e) {
                throw new IllegalStateException("the page's global object cannot be made", e);
            }
            return null;
        });
    }

    @Override
    public void prepareShutdown() {
        ending = true;
        super.prepareShutdown();
    }

    /** An Error, because a page's own {@code catch} takes every exception of ours. */
    static final class DeadlinePassed extends Error {
        private static final long serialVersionUID = 1L;

        DeadlinePassed() {
            super("the visit is over", null, false, false);
        }
    }

    /** Stops what runs now, and whatever would run later. */
    void stop() {
        stopped = true;
    }

    /** Moves the deadline; what was stopped stays so. */
    void allowUntil(long nanos) {
        deadlineNanos = nanos;
    }

    private void check() {
        if (stopped || ticker.nanos() - deadlineNanos > 0) {
            throw new DeadlinePassed();
        }
    }

    @Override
    public HtmlUnitContextFactory getContextFactory() {
        // The super constructor asks before there is one.
        return factory == null ? super.getContextFactory() : factory;
    }

    @Override
    public @Nullable Script compile(HtmlPage page, VarScope scope, String source, String name, int line) {
        Script known = SHARED.get(source);
        if (known != null) {
            return known;
        }
        Script compiled = super.compile(page, scope, source, name, line);
        if (compiled != null) {
            SHARED.seen(source, compiled);
        }
        return compiled;
    }

    private final class DeadlineFactory extends HtmlUnitContextFactory {
        DeadlineFactory(WebClient client) {
            super(client);
        }

        /** Every 10,000 instructions. */
        @Override
        protected void observeInstructionCount(Context context, int count) {
            check();
            super.observeInstructionCount(context, count);
        }

        /** A reaction of a promise is a top call of its own: the only place where an endless chain can be cut. */
        @Override
        protected Object doTopCall(Callable callable, Context context, VarScope scope, Object self, Object[] args) {
            check();
            return super.doTopCall(callable, context, scope, self, args);
        }
    }

    /**
     * Compiled scripts by their text, least recently used out first. A text is kept from its second sight on: the
     * starting script carries a new token in every page, and would fill the place with what never comes again.
     */
    private static final class CompiledScripts {
        private static final int MOST = 512;
        private static final int REMEMBERED = 4096;

        private final int[] seen = new int[REMEMBERED];
        private final Map<String, Script> scripts = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Script> eldest) {
                return size() > MOST;
            }
        };

        synchronized @Nullable Script get(String source) {
            return scripts.get(source);
        }

        synchronized void seen(String source, Script compiled) {
            int hash = source.hashCode();
            int place = Math.floorMod(hash, REMEMBERED);
            if (seen[place] == hash) {
                scripts.put(source, compiled);
            }
            seen[place] = hash;
        }
    }
}
