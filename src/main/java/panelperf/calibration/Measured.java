package panelperf.calibration;

import java.util.List;

/**
 * What a calibration found.
 *
 * @param server what the server calls itself
 * @param sessions how many sessions it had of us
 * @param findings the lines of a preset, in order
 */
public record Measured(String server, int sessions, List<Finding> findings) {
    public Measured {
        findings = List.copyOf(findings);
    }
}
