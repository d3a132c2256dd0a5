package panelperf.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import panelperf.rehearsal.Ablation;
import panelperf.rehearsal.Rehearsal;
import panelperf.rehearsal.Symptoms;
import panelperf.report.SymptomsTable;
import panelperf.session.Knobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays the study's load to servers of each behaviour in virtual time, and prints what became of it. */
@Command(
        name = "symptoms",
        description =
                "Plays the study's load to our target's presets in virtual time, then takes one fault away at a time,"
                        + " and prints what becomes of the visits.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.ProductVersion.class)
final class ShowSymptoms implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // Picocli sets it before anything runs.
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "PRESET",
            description = "names or files of presets (panel-1.3.8, panel-1.4, native)")
    private List<String> presets = List.of();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of the times that vary (${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        List<SymptomsTable.Row> rows = new ArrayList<>();
        for (String preset : presets.isEmpty() ? Preset.all() : presets) {
            Knobs knobs = ServeKnobs.of(Preset.named(preset));
            for (Ablation ablation : Ablation.values()) {
                Knobs without = ablation.of(knobs);
                if (ablation == Ablation.NOTHING) {
                    rows.add(row(preset, knobs));
                } else if (!without.equals(knobs)
                        && !preset.equals(Preset.standard().name())) {
                    rows.add(row("  " + ablation.text(), without));
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(SymptomsTable.render(rows));
        out.flush();
        return 0;
    }

    private SymptomsTable.Row row(String name, Knobs knobs) {
        return new SymptomsTable.Row(name, Symptoms.of(Rehearsal.play(knobs, seed)));
    }
}
