package panelperf.headless;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.htmlunit.BrowserVersion;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.WebWindow;
import org.htmlunit.corejs.javascript.Callable;
import org.htmlunit.corejs.javascript.Context;
import org.htmlunit.corejs.javascript.ContextFactory;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.FunctionObject;
import org.htmlunit.corejs.javascript.Scriptable;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.TopLevel;
import org.htmlunit.javascript.HtmlUnitScriptable;
import org.htmlunit.javascript.JavaScriptEngine;
import org.htmlunit.javascript.configuration.AbstractJavaScriptConfiguration;
import org.htmlunit.javascript.configuration.ClassConfiguration;
import org.htmlunit.javascript.configuration.JavaScriptConfiguration;
import org.htmlunit.javascript.host.URLSearchParams;
import org.htmlunit.javascript.host.Window;
import org.htmlunit.javascript.host.html.HTMLImageElement;
import org.htmlunit.javascript.host.html.HTMLOptionElement;
import org.htmlunit.javascript.host.xml.FormData;
import org.jspecify.annotations.Nullable;

/**
 * The global object of one window, as HtmlUnit makes it, but for one thing: a browser's several hundred classes are each set up
 * when a script names it or a node needs it. To set them all up was a tenth of what a visit allocated.
 *
 * <p>Nothing is shared between windows. HtmlUnit's own set-up does the work, a class at a time; scripts cannot tell the
 * difference, which a test compares property by property.
 */
final class HostClasses {
    private static final JavaScriptConfiguration ALL = JavaScriptConfiguration.getInstance(BrowserVersion.CHROME);
    private static final Map<String, ClassConfiguration> BY_NAME = new HashMap<>();
    private static final Map<Class<?>, ClassConfiguration> BY_HOST = new HashMap<>();

    static {
        for (ClassConfiguration config : ALL.getAll()) {
            BY_NAME.put(config.getClassName(), config);
            BY_HOST.put(config.getHostClass(), config);
        }
    }

    /** What stands for a value that was not asked for yet. */
    private static final Object UNASKED = new Object();

    private final ContextFactory contexts;
    private final WebClient client;
    private final Window window = new Window();
    private final TopLevel scope;
    private final ClassConfiguration windowConfig = ALL.getWindowClassConfiguration();
    private final FunctionObject windowConstructor;
    private final Map<Class<? extends Scriptable>, Scriptable> prototypes = new Prototypes();
    private final Map<String, Scriptable> prototypesByName = new HashMap<>();
    private final Map<String, Function> constructors = new HashMap<>();
    private final Map<String, LateValue> late = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    private HostClasses(Context context, ContextFactory contexts, WebClient client) {
        this.contexts = contexts;
        this.client = client;
        window.setClassName("Window");
        scope = context.initSafeStandardObjects(new TopLevel(window));
        window.setParentScope(scope);
        windowConstructor =
                new FunctionObject("Window", windowConfig.getJsConstructor().getValue(), scope);
    }

    /** Gives a window its global object. */
    static void initialize(Context context, ContextFactory contexts, WebClient client, WebWindow of, Page page)
            throws Exception {
        new HostClasses(context, contexts, client).initialize(context, of, page);
    }

    private void initialize(Context context, WebWindow of, Page page) throws Exception {
        BrowserVersion browser = client.getBrowserVersion();
        JavaScriptEngine.configureRhino(client, browser, scope, window);
        ScriptableObject.defineProperty(
                window,
                "constructor",
                windowConstructor,
                ScriptableObject.DONTENUM | ScriptableObject.PERMANENT | ScriptableObject.READONLY);
        defineMembers(windowConfig, window);
        HtmlUnitScriptable prototype = JavaScriptEngine.configureClass(windowConfig, scope);
        window.setPrototype(prototype);
        prototypes.put(windowConfig.getHostClass(), prototype);
        prototypesByName.put(windowConfig.getClassName(), prototype);
        setUp(lineage(windowConfig));
        for (ClassConfiguration config : BY_NAME.values()) {
            if (config.isJsObject() && !begun.contains(config.getClassName())) {
                names(config).forEach(name -> nameLate(name, config));
            }
        }
        URLSearchParams.NativeParamsIterator.init(context, scope, "URLSearchParams Iterator");
        FormData.FormDataIterator.init(context, scope, "FormData Iterator");
        if (!client.getOptions().isWebSocketEnabled()) {
            window.delete("WebSocket");
        }
        window.setPrototypes(prototypes);
        window.initialize(scope, of, page);
        JavaScriptEngine.applyPolyfills(client, browser, context, scope, window);
    }

    /** A class after those that it extends. */
    private static List<ClassConfiguration> lineage(ClassConfiguration config) {
        List<ClassConfiguration> line = new ArrayList<>();
        for (ClassConfiguration at = config; at != null; at = BY_NAME.get(at.getExtendedClassName())) {
            line.add(0, at);
        }
        return line;
    }

    /** A global name whose class is set up when somebody reads it; a plain property otherwise, which may be written over. */
    private final class LateValue {
        private final ClassConfiguration config;
        private Object value = UNASKED;
        private boolean looking;

        LateValue(ClassConfiguration config) {
            this.config = config;
        }

        Object get() {
            if (looking) {
                return UNASKED;
            }
            if (value == UNASKED) {
                setUp(config);
            }
            return value;
        }

        void set(Object other) {
            value = other;
        }
    }

    private void nameLate(String name, ClassConfiguration config) {
        LateValue named = new LateValue(config);
        late.put(name, named);
        window.defineProperty(name, named::get, named::set, ScriptableObject.DONTENUM);
    }

    private void setUp(ClassConfiguration config) {
        if (begun.contains(config.getClassName())) {
            return;
        }
        if (Context.getCurrentContext() == null) {
            contexts.call(context -> {
                setUp(config);
                return null;
            });
            return;
        }
        try {
            for (ClassConfiguration each : lineage(config)) {
                if (!begun.contains(each.getClassName())) {
                    setUpAround(each);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("HtmlUnit's class " + config.getClassName() + " cannot be set up", e);
        }
    }

    /** Sets one class up; what a script has put in the place of its name stays there. */
    private void setUpAround(ClassConfiguration config) throws Exception {
        String name = config.getClassName();
        Map<String, Object> before = new HashMap<>();
        for (String each : names(config)) {
            before.put(each, before(each));
        }
        setUp(List.of(config));
        if (name.equals("HTMLImageElement")) {
            alsoConstructs("Image", HTMLImageElement.class.getDeclaredMethod("jsConstructorImage"), name);
        } else if (name.equals("HTMLOptionElement")) {
            Method option = HTMLOptionElement.class.getDeclaredMethod(
                    "jsConstructorOption", Object.class, String.class, boolean.class, boolean.class);
            alsoConstructs("Option", option, name);
        }
        before.forEach((each, value) -> {
            if (value == Scriptable.NOT_FOUND) {
                window.delete(each);
            } else if (value != UNASKED) {
                window.put(each, window, value);
            }
        });
    }

    /** Under which names a script finds a class. */
    private static List<String> names(ClassConfiguration config) {
        List<String> names = new ArrayList<>(List.of(config.getClassName()));
        if (config.getJsConstructorAlias() != null) {
            names.add(config.getJsConstructorAlias());
        }
        switch (config.getClassName()) {
            case "HTMLImageElement" -> names.add("Image");
            case "HTMLOptionElement" -> names.add("Option");
            default -> {}
        }
        return names;
    }

    /** The value that a name has without its class being set up; UNASKED where that is still to come. */
    private Object before(String name) {
        LateValue named = late.get(name);
        if (named == null) {
            return window.has(name, window) ? window.get(name, window) : Scriptable.NOT_FOUND;
        }
        named.looking = true;
        Object found = window.get(name, window);
        named.looking = false;
        return found == UNASKED ? named.value : found;
    }

    private void setUp(List<ClassConfiguration> classes) throws Exception {
        classes.forEach(config -> begun.add(config.getClassName()));
        JavaScriptEngine.configureGlobalThis(
                scope,
                window,
                windowConfig,
                windowConstructor,
                new Some(classes),
                client.getBrowserVersion(),
                prototypes,
                prototypesByName);
        for (ClassConfiguration config : classes) {
            Scriptable prototype = prototypesByName.get(config.getClassName());
            if (config.getJsConstructor() == null || prototype == null) {
                continue;
            }
            if (prototype.get("constructor", prototype) instanceof Function constructor) {
                constructors.put(config.getClassName(), constructor);
                String extended = config.getExtendedClassName();
                if (extended != null && !extended.isEmpty()) {
                    constructor.setPrototype(constructors.get(extended));
                }
            }
        }
    }

    private void alsoConstructs(String name, Method method, String className) {
        FunctionObject function = new FunctionObject(name, method, scope);
        Object own = window.get(className, window);
        function.addAsConstructor(scope, prototypesByName.get(className), ScriptableObject.DONTENUM);
        window.put(className, window, own);
        window.put(name, window, function);
    }

    /** A window has its class's members twice: in its prototype, and as its own. */
    private void defineMembers(ClassConfiguration config, ScriptableObject object) {
        if (config.getConstants() != null) {
            config.getConstants()
                    .forEach(constant ->
                            object.defineProperty(constant.getName(), constant.getValue(), constant.getFlag()));
        }
        if (config.getPropertyMap() != null) {
            config.getPropertyMap()
                    .forEach((name, property) -> object.defineProperty(
                            scope,
                            name,
                            null,
                            property.getReadMethod(),
                            property.getWriteMethod(),
                            ScriptableObject.EMPTY));
        }
        if (config.getFunctionMap() != null) {
            config.getFunctionMap()
                    .forEach((name, method) -> object.defineProperty(
                            name, new FunctionObject(name, method, scope), ScriptableObject.EMPTY));
        }
        if (config.getSymbolConstantMap() != null) {
            config.getSymbolConstantMap()
                    .forEach((symbol, value) -> object.defineProperty(
                            symbol, value, ScriptableObject.DONTENUM | ScriptableObject.READONLY));
        }
        if (config.getSymbolMap() != null) {
            config.getSymbolMap().forEach((symbol, method) -> {
                Object known = object.get(method.getName(), object);
                object.defineProperty(
                        symbol,
                        known instanceof Callable ? known : new FunctionObject(method.getName(), method, scope),
                        ScriptableObject.DONTENUM);
            });
        }
    }

    /** Prototypes of nodes' objects, each made when the first node of its kind is given an object. */
    private final class Prototypes extends HashMap<Class<? extends Scriptable>, Scriptable> {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Scriptable get(Object host) {
            Scriptable known = super.get(host);
            ClassConfiguration config = known == null ? BY_HOST.get(host) : null;
            if (config == null) {
                return known;
            }
            setUp(config);
            return super.get(host);
        }
    }

    /** Some of the classes, for HtmlUnit's own set-up, which takes all that it is given. */
    private static final class Some extends AbstractJavaScriptConfiguration {
        private final List<ClassConfiguration> classes;

        Some(List<ClassConfiguration> classes) {
            super(BrowserVersion.CHROME, Window.class);
            this.classes = classes;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
        protected Class<? extends HtmlUnitScriptable>[] getClasses() {
            return new Class[0];
        }

        @Override
        public Iterable<ClassConfiguration> getAll() {
            return classes;
        }
    }
}
