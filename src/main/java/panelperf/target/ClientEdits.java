package panelperf.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import panelperf.bokeh.ClientPatch;
import panelperf.bokeh.ClientPatch.Assignment;
import panelperf.bokeh.Document;

/**
 * What a client's patch sets of that which the app lets clients change, each value checked; all or nothing.
 *
 * @param edits in the patch's order; may be empty
 */
record ClientEdits(List<Edit> edits) {
    /** One change, and whom it concerns. */
    record Edit(Assignment assignment, App.Editable editable) {}

    /**
     * Finds and checks them.
     *
     * @throws ClientPatch.Refused when a value is not what the app accepts; the document is unchanged then
     */
    static ClientEdits of(ClientPatch patch, List<App.Editable> editables, Document document)
            throws ClientPatch.Refused {
        List<Edit> edits = new ArrayList<>();
        for (Assignment assignment : patch.assignments()) {
            Optional<App.Editable> editable = editables.stream()
                    .filter(one -> one.modelId().equals(assignment.modelId())
                            && one.attribute().equals(assignment.attribute()))
                    .findFirst();
            if (editable.isPresent()) {
                check(assignment, editable.get().accepted(), document);
                edits.add(new Edit(assignment, editable.get()));
            }
        }
        return new ClientEdits(edits);
    }

    private static void check(Assignment assignment, Accepted accepted, Document document) throws ClientPatch.Refused {
        if (!accepted.test().test(assignment.value())) {
            String model = document.typeOf(assignment.modelId()) + "(id='" + assignment.modelId() + "', ...)";
            throw new ClientPatch.Refused("ValueError(\"failed to validate " + model + "." + assignment.attribute()
                    + ": expected " + accepted.expected() + ", got "
                    + ClientPatch.quoted(assignment.value().toString()) + "\")");
        }
    }
}
