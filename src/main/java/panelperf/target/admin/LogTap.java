package panelperf.target.admin;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Copies what this process logs, at the levels that it logs, into a server's log. Any thread.
 *
 * <p>Where another logging library is bound, as a project of others may do, nothing is copied.
 */
public final class LogTap implements AutoCloseable {
    private final Optional<Logger> root;
    private final AppenderBase<ILoggingEvent> appender;

    private LogTap(Optional<Logger> root, AppenderBase<ILoggingEvent> appender) {
        this.root = root;
        this.appender = appender;
    }

    /** Copies until it is closed. */
    public static LogTap into(Log log) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                log.add(line(event));
            }
        };
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return new LogTap(Optional.empty(), appender);
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender.setContext(context);
        appender.setName("panelperf-admin");
        appender.start();
        root.addAppender(appender);
        return new LogTap(Optional.of(root), appender);
    }

    private static LogLine line(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        String cause = event.getThrowableProxy() == null
                ? ""
                : " (" + event.getThrowableProxy().getClassName() + ": "
                        + event.getThrowableProxy().getMessage() + ")";
        return new LogLine(event.getTimeStamp(), level(event), Optional.empty(), message + cause);
    }

    private static LogLine.Level level(ILoggingEvent event) {
        return switch (event.getLevel().levelInt) {
            case ch.qos.logback.classic.Level.ERROR_INT -> LogLine.Level.ERROR;
            case ch.qos.logback.classic.Level.WARN_INT -> LogLine.Level.WARN;
            default -> LogLine.Level.INFO;
        };
    }

    @Override
    public void close() {
        root.ifPresent(logger -> logger.detachAppender(appender));
        appender.stop();
    }
}
