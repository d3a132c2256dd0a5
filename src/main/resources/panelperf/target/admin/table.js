// Tables made of text: nothing that the server says is ever read as HTML.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/**
 * @param columns each { title, value(row), bar(row)?, text?: true }; bar is a share of one, drawn behind the figure
 */
export function table(caption, columns, rows) {
  const head = element("tr", {}, ...columns.map(column =>
    element("th", { scope: "col", class: column.text ? "text" : "figure" }, column.title)));
  const body = rows.map(row => element("tr", {}, ...columns.map((column, i) => cell(column, row, i))));
  return element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...body));
}

function cell(column, row, index) {
  const made = element(index === 0 ? "th" : "td", { class: column.text ? "text" : "figure" }, column.value(row));
  if (index === 0) {
    made.setAttribute("scope", "row");
  }
  if (column.bar) {
    made.classList.add("bar-cell");
    made.style.setProperty("--share", `${Math.min(100, column.bar(row) * 100).toFixed(1)}%`);
  }
  return made;
}

/** Puts a new table in an old one's place, unless somebody is selecting text in it. */
export function show(place, content) {
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed && place.contains(selection.anchorNode)) {
    return;
  }
  place.replaceChildren(content);
}
