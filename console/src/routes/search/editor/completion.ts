import {
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { completeQuery, valueOption, type CompletionOption } from "../../../../../src/search/language/index.ts";
import { formatShort } from "../../../parts/numbers.ts";
import { shortActor } from "../wording/words.ts";
import { toVisible } from "../../../parts/visible-text.tsx";

/** Asks for a field's values that contain some text, with how often each occurs. */
export type AskValues = (
  field: string,
  contains: string,
  signal: AbortSignal,
) => Promise<readonly { readonly value: string; readonly count: number }[]>;

const labelMax = 120;

function toCompletion(option: CompletionOption, boost: number, opensNext: boolean): Completion {
  const shown = option.label.startsWith("arn:") ? shortActor(option.label) : option.label;
  return {
    // What is shown comes from logs and is never put into the text: `apply` is, quoted.
    label: toVisible(shown.slice(0, labelMax)),
    detail: toVisible(option.detail.slice(0, labelMax)),
    boost,
    apply: (view: EditorView, _completion: Completion, from: number, to: number) => {
      const text = opensNext ? option.apply : `${option.apply.trimEnd()} `;
      view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
      // A field's values are wanted next.
      if (opensNext) startCompletion(view);
    },
  };
}

async function liveValues(
  context: CompletionContext,
  ask: AskValues,
  field: string,
  prefix: string,
): Promise<readonly Completion[]> {
  const abort = new AbortController();
  context.addEventListener("abort", () => {
    abort.abort();
  });
  try {
    const values = await ask(field, prefix.replaceAll(/[*?"]/g, ""), abort.signal);
    return values.map(({ value, count }, index) =>
      toCompletion(valueOption(value, formatShort(count)), 99 - index, false),
    );
  } catch {
    // Without live values the language's own suggestions still stand.
    return [];
  }
}

/** Completes fields, live values with their counts, and the words between conditions. */
export function completeFrom(ask: AskValues): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const text = context.state.doc.toString();
    const found = completeQuery(text, context.pos);
    if (found.kind !== "value" && found.prefix === "" && !context.explicit) return null;
    const opensNext = found.kind === "field";
    const own = found.options.map((option, index) => toCompletion(option, -index / 2, opensNext));
    const live =
      found.kind === "value" && found.field !== undefined
        ? await liveValues(context, ask, found.field, found.prefix)
        : [];
    const options = [...live, ...own];
    // Both halves have chosen what fits by their own rules, so nothing is filtered here again.
    return options.length === 0 ? null : { from: found.from, to: found.to, options, filter: false };
  };
}
