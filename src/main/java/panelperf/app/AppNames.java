package panelperf.app;

import java.lang.reflect.InvocationTargetException;
import panelperf.target.App;
import panelperf.target.DashboardApp;
import panelperf.target.HelloApp;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An app by the name of one of ours, or by the name of a class on the class path. */
final class AppNames implements ITypeConverter<App> {
    static final String HELLO = "hello";
    static final String DASHBOARD = "dashboard";

    private static final String EXPECTED =
            "expected " + HELLO + ", " + DASHBOARD + " or the name of a class that implements " + App.class.getName();

    @Override
    public App convert(String name) {
        return switch (name) {
            case HELLO -> new HelloApp();
            case DASHBOARD -> new DashboardApp();
            default -> made(found(name));
        };
    }

    /** {@code mvn exec:java} hands its class path to the thread, not to the JVM. */
    private static Class<?> found(String name) {
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new TypeConversionException(EXPECTED + ", found '" + name + "', which the class path does not have ("
                    + e + "); compile it and put it there");
        }
    }

    private static App made(Class<?> found) {
        try {
            return found.asSubclass(App.class).getConstructor().newInstance();
        } catch (ClassCastException e) {
            throw new TypeConversionException(EXPECTED + ", found '" + found.getName() + "', which does not");
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new TypeConversionException(EXPECTED + ", found '" + found.getName()
                    + "', which cannot be made; give it a public constructor without parameters");
        } catch (InvocationTargetException e) {
            throw new TypeConversionException(
                    "the constructor of '" + found.getName() + "' threw " + e.getCause() + "; mend it");
        }
    }
}
