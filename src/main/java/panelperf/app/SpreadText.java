package panelperf.app;

import panelperf.session.Spread;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times that vary, as {@link Spread#parse} reads them. */
final class SpreadText implements ITypeConverter<Spread> {
    @Override
    public Spread convert(String text) {
        try {
            return Spread.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
