package panelperf.headless;

import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import org.htmlunit.javascript.configuration.ClassConfiguration.PropertyInfo;
import org.htmlunit.javascript.configuration.JavaScriptConfiguration;
import org.htmlunit.javascript.host.URLSearchParams;
import org.htmlunit.javascript.host.Window;
import org.htmlunit.javascript.host.html.HTMLImageElement;
import org.htmlunit.javascript.host.html.HTMLOptionElement;
import org.htmlunit.javascript.host.xml.FormData;
import org.jspecify.annotations.Nullable;

/**
 * The global object of one window, as HtmlUnit makes it, but for one thing: a browser's several hundred classes are each set up
 * when a script names it or a node needs it, and each of their functions is made when a script reads it. To set them all up was a
 * tenth of what a visit allocated.
 *
 * <p>Nothing is shared between windows. A class is set up as HtmlUnit's own set-up does it, and by it where there is no constructor; scripts cannot tell the
 * difference, which a test compares property by property.
 */
final class HostClasses {
    private static final JavaScriptConfiguration ALL = JavaScriptConfiguration.getInstance(BrowserVersion.CHROME);
    private static final Map<String, ClassConfiguration> BY_NAME = new HashMap<>();
    private static final Map<Class<?>, ClassConfiguration> BY_HOST = new HashMap<>();
    private static final ClassConfiguration WINDOW = ALL.getWindowClassConfiguration();
    /** Under which global names a script finds the classes that are set up later, which are all but the window's own. */
    private static final List<Map.Entry<String, ClassConfiguration>> LATE = new ArrayList<>();

    private static final Map<String, Integer> LATE_AT = new HashMap<>();

    static {
        for (ClassConfiguration config : ALL.getAll()) {
            BY_NAME.put(config.getClassName(), config);
            BY_HOST.put(config.getHostClass(), config);
        }
        List<ClassConfiguration> early = lineage(WINDOW);
        for (ClassConfiguration config : BY_NAME.values()) {
            if (config.isJsObject() && !early.contains(config)) {
                for (String name : names(config)) {
                    LATE_AT.put(name, LATE.size());
                    LATE.add(Map.entry(name, config));
                }
            }
        }
    }

    /** What stands for a value that was not asked for yet. */
    private static final Object UNASKED = new Object();

    private final ContextFactory contexts;
    private final WebClient client;
    private final Window window = new Window();
    private final TopLevel scope;
    private final FunctionObject windowConstructor;
    private final Map<Class<? extends Scriptable>, Scriptable> prototypes = new Prototypes();
    private final Map<String, Scriptable> prototypesByName = new HashMap<>();
    private final Map<String, Function> constructors = new HashMap<>();
    private final LateClass[] late = new LateClass[LATE.size()];
    private final Set<String> begun = new HashSet<>();

    private HostClasses(Context context, ContextFactory contexts, WebClient client) {
        this.contexts = contexts;
        this.client = client;
        window.setClassName("Window");
        scope = context.initSafeStandardObjects(new TopLevel(window));
        window.setParentScope(scope);
        windowConstructor =
                new FunctionObject("Window", WINDOW.getJsConstructor().getValue(), scope);
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
        defineMembers(WINDOW, window);
        HtmlUnitScriptable prototype = JavaScriptEngine.configureClass(WINDOW, scope);
        window.setPrototype(prototype);
        prototypes.put(WINDOW.getHostClass(), prototype);
        prototypesByName.put(WINDOW.getClassName(), prototype);
        setUp(lineage(WINDOW));
        for (int i = 0; i < late.length; i++) {
            LateClass named = new LateClass(LATE.get(i).getValue());
            late[i] = named;
            window.defineProperty(LATE.get(i).getKey(), named, named, ScriptableObject.DONTENUM);
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
    private final class LateClass implements Supplier<Object>, Consumer<Object> {
        private final ClassConfiguration config;
        private Object value = UNASKED;
        private boolean looking;

        LateClass(ClassConfiguration config) {
            this.config = config;
        }

        @Override
        public Object get() {
            if (looking) {
                return UNASKED;
            }
            if (value == UNASKED) {
                setUp(config);
            }
            return value;
        }

        @Override
        public void accept(Object other) {
            value = other;
        }
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
        Integer at = LATE_AT.get(name);
        LateClass named = at == null ? null : late[at];
        if (named == null) {
            return window.has(name, window) ? window.get(name, window) : Scriptable.NOT_FOUND;
        }
        named.looking = true;
        Object found = window.get(name, window);
        named.looking = false;
        return found == UNASKED ? named.value : found;
    }

    private void setUp(List<ClassConfiguration> classes) throws Exception {
        for (ClassConfiguration config : classes) {
            begun.add(config.getClassName());
            if (config == WINDOW || config.getJsConstructor() == null) {
                JavaScriptEngine.configureGlobalThis(
                        scope,
                        window,
                        WINDOW,
                        windowConstructor,
                        new Some(List.of(config)),
                        client.getBrowserVersion(),
                        prototypes,
                        prototypesByName);
            } else {
                setUpHere(config);
            }
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

    /** As HtmlUnit sets a class up, but for functions, which are made when somebody asks for them: most of a class's cost. */
    private void setUpHere(ClassConfiguration config) throws Exception {
        HtmlUnitScriptable prototype =
                config.getHostClass().getDeclaredConstructor().newInstance();
        prototype.setParentScope(scope);
        prototype.setClassName(config.getClassName());
        defineMembers(config, prototype);
        prototypes.put(config.getHostClass(), prototype);
        prototypesByName.put(config.getClassName(), prototype);
        String extended = config.getExtendedClassName();
        prototype.setPrototype(
                extended == null || extended.isEmpty()
                        ? ScriptableObject.getObjectPrototype(scope)
                        : prototypesByName.get(extended));

        Map.Entry<String, Member> named = config.getJsConstructor();
        FunctionObject constructor = new FunctionObject(named.getKey(), named.getValue(), scope);
        constructor.addAsConstructor(scope, prototype, ScriptableObject.DONTENUM);
        if (config.getJsConstructorAlias() != null) {
            ScriptableObject.defineProperty(
                    window, config.getJsConstructorAlias(), constructor, ScriptableObject.DONTENUM);
        }
        defineConstants(config, constructor);
        defineProperties(config.getStaticPropertyMap(), constructor);
        defineFunctions(config.getStaticFunctionMap(), constructor);
        if (!config.isJsObject()) {
            window.delete(prototype.getClassName());
        }
    }

    private void alsoConstructs(String name, Method method, String className) {
        FunctionObject function = new FunctionObject(name, method, scope);
        Object own = window.get(className, window);
        function.addAsConstructor(scope, prototypesByName.get(className), ScriptableObject.DONTENUM);
        window.put(className, window, own);
        window.put(name, window, function);
    }

    /** Those of a class's prototype; a window has its class's members twice: there, and as its own. */
    private void defineMembers(ClassConfiguration config, ScriptableObject object) {
        defineConstants(config, object);
        defineProperties(config.getPropertyMap(), object);
        defineFunctions(config.getFunctionMap(), object);
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

    private static void defineConstants(ClassConfiguration config, ScriptableObject object) {
        if (config.getConstants() != null) {
            config.getConstants()
                    .forEach(constant ->
                            object.defineProperty(constant.getName(), constant.getValue(), constant.getFlag()));
        }
    }

    private void defineProperties(@Nullable Map<String, PropertyInfo> properties, ScriptableObject object) {
        if (properties != null) {
            properties.forEach((name, property) -> object.defineProperty(
                    scope, name, null, property.getReadMethod(), property.getWriteMethod(), ScriptableObject.EMPTY));
        }
    }

    private void defineFunctions(@Nullable Map<String, Method> functions, ScriptableObject object) {
        if (functions != null) {
            functions.forEach((name, method) -> {
                LateFunction function = new LateFunction(object, name, method);
                object.defineProperty(name, function, function, ScriptableObject.EMPTY);
            });
        }
    }

    /** A function of a class that is made when somebody reads it; a plain property otherwise, which may be written over. */
    private final class LateFunction implements Supplier<Object>, Consumer<Object> {
        private final ScriptableObject object;
        private final String name;
        private final Method method;
        private Object value = UNASKED;

        LateFunction(ScriptableObject object, String name, Method method) {
            this.object = object;
            this.name = name;
            this.method = method;
        }

        @Override
        public Object get() {
            if (value == UNASKED) {
                value = new FunctionObject(name, method, scope);
            }
            return value;
        }

        @Override
        public void accept(Object other) {
            // A value of Rhino's own would look by itself.
            if ((object.getAttributes(name) & ScriptableObject.READONLY) == 0) {
                value = other;
            }
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
