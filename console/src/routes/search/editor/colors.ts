import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import type { DecorationSet, EditorView, ViewUpdate } from "@codemirror/view";
import { highlightQuery, type SpanKind } from "../../../../../src/search/language/index.ts";
import { errorOf } from "../query-text.ts";

const looks: Readonly<Record<SpanKind, string | undefined>> = {
  field: "field",
  operator: "faint",
  keyword: "operator",
  bracket: "faint",
  word: undefined,
  value: "value",
  string: "value",
  wildcard: "value",
  number: "number",
  regex: "number",
  error: undefined,
};

function decorate(view: EditorView): DecorationSet {
  const text = view.state.doc.toString();
  const marks: { from: number; to: number; name: string }[] = highlightQuery(text).flatMap(({ start, end, kind }) => {
    const look = looks[kind];
    return look === undefined ? [] : [{ from: start, to: end, name: `tw-q-${look}` }];
  });
  const error = errorOf(text);
  // While the cursor stands in the faulty place, someone is still writing it.
  const cursor = view.state.selection.main.head;
  if (error !== undefined && !(view.hasFocus && cursor >= error.start && cursor <= error.end)) {
    const end = Math.min(text.length, Math.max(error.end, error.start + 1));
    marks.push({ from: Math.min(error.start, Math.max(0, end - 1)), to: end, name: "tw-q-error" });
  }
  const builder = new RangeSetBuilder<Decoration>();
  for (const mark of marks.toSorted((a, b) => a.from - b.from)) {
    if (mark.to > mark.from) builder.add(mark.from, mark.to, Decoration.mark({ class: mark.name }));
  }
  return builder.finish();
}

/** Colours from the query language's own tokenizer, and a wavy line under what cannot be read. */
export const queryColors = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.selectionSet || update.focusChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
