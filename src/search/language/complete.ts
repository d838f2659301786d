import type { QueryField } from "./field.ts";
import { queryFields } from "./fields.ts";
import { quoteValue } from "./quote-value.ts";
import { fieldOfName } from "./resolve.ts";
import { tokenize } from "./tokenize.ts";
import type { Token } from "./tokens.ts";

export interface CompletionOption {
  /** What the list shows. */
  readonly label: string;
  readonly detail: string;
  /** What is put in place of `from` to `to`. */
  readonly apply: string;
}

/** What may stand at the cursor: the caller fetches a field's live values itself and puts them before the options. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly kind: "field" | "value" | "operator";
  /** The field whose values are wanted, as written. */
  readonly field?: string;
  /** What is written so far. */
  readonly prefix: string;
  readonly options: readonly CompletionOption[];
}

const optionsMax = 100;

const operators: readonly CompletionOption[] = [
  { label: "AND", detail: "Both must hold", apply: "AND " },
  { label: "OR", detail: "One must hold", apply: "OR " },
  { label: "NOT", detail: "The next must not hold", apply: "NOT " },
];

const times: readonly CompletionOption[] = [
  ["now-15m", "15 minutes ago"],
  ["now-1h", "One hour ago"],
  ["now-1d", "One day ago"],
  ["now-7d", "Seven days ago"],
  ["today", "Since midnight, UTC"],
  ["yesterday", "The day before today, UTC"],
].map(([label = "", detail = ""]) => ({ label, detail, apply: label }));

/** Says what may stand at the cursor of a query that is being written. */
export function completeQuery(text: string, cursor: number): Completion {
  const tokens = tokenize(text.slice(0, cursor));
  const last = tokens.at(-1);
  const touches = last !== undefined && last.end === cursor;
  const field = fieldBeforeValue(text, tokens, touches);
  if (field !== undefined) {
    return completeValue(text, cursor, touches ? last : undefined, field);
  }
  const start = touches && (last.kind === "value" || last.kind === "field") ? last.start : cursor;
  const to = Math.max(cursor, endOfName(text, cursor));
  const prefix = text.slice(start, cursor);
  const fields = fieldOptions(prefix);
  const words = mayJoin(tokens, start) ? operators.filter(({ label }) => label.startsWith(prefix)) : [];
  if (fields.length === 0 && words.length > 0) {
    return { from: start, to: cursor, kind: "operator", prefix, options: words };
  }
  const options = prefix !== "" && prefix === prefix.toUpperCase() ? [...words, ...fields] : [...fields, ...words];
  return {
    from: start,
    to: text[to] === ":" ? to + 1 : to,
    kind: "field",
    prefix,
    options: options.slice(0, optionsMax),
  };
}

/** The name of the field whose value stands at the cursor: behind its operator, or inside its list of values. */
function fieldBeforeValue(text: string, tokens: readonly Token[], touches: boolean): string | undefined {
  let at = tokens.length - 1;
  const last = tokens[at];
  if (touches && (last?.kind === "value" || last?.kind === "bad" || last?.kind === "regex")) {
    at -= 1;
  }
  let depth = 0;
  const isDirect = tokens[at]?.kind === "operator";
  while (!isDirect && at >= 0 && !(depth === 0 && tokens[at]?.kind === "open")) {
    depth += tokens[at]?.kind === "close" ? 1 : tokens[at]?.kind === "open" ? -1 : 0;
    at -= 1;
  }
  for (
    at -= isDirect ? 0 : 1;
    tokens[at]?.kind === "operator" || tokens[at]?.kind === "open" || tokens[at]?.kind === "not";
    at -= 1
  );
  const field = tokens[at];
  return field?.kind === "field" ? text.slice(field.start, field.end) : undefined;
}

function completeValue(text: string, cursor: number, value: Token | undefined, field: string): Completion {
  const isValue = value?.kind === "value" || value?.kind === "bad" || value?.kind === "regex";
  const from = isValue ? value.start : cursor;
  const prefix = text.slice(from, cursor).replace(/^["']/, "");
  const rest = /^[^\s(),"]*"?/.exec(text.slice(cursor))?.[0].length ?? 0;
  const options = knownValues(fieldOfName(field)).filter(({ label }) => label.startsWith(prefix.toLowerCase()));
  return { from, to: cursor + rest, kind: "value", field, prefix, options };
}

function knownValues(field: QueryField | undefined): readonly CompletionOption[] {
  switch (field?.kind) {
    case "boolean":
      return ["true", "false"].map((label) => ({ label, detail: "", apply: label }));
    case "time":
      return times;
    default:
      return [];
  }
}

/** One live value as an option, quoted where it must be. */
export function valueOption(value: string, detail: string): CompletionOption {
  return { label: value, detail, apply: quoteValue(value, /^[\d.:a-f]+\/\d+$/i.test(value)) };
}

/** Fields whose name begins with the prefix first, then those that have it anywhere. */
function fieldOptions(prefix: string): readonly CompletionOption[] {
  const wanted = prefix.toLowerCase();
  const ranked: { rank: number; option: CompletionOption }[] = [];
  for (const field of queryFields) {
    if (field.unavailable !== undefined) {
      continue;
    }
    for (const name of [field.name, ...field.aliases]) {
      const rank = rankOf(name.toLowerCase(), wanted);
      if (rank !== undefined) {
        const apply = field.kind === "object" ? `${name}.` : `${name}:`;
        ranked.push({ rank, option: { label: name, detail: field.summary, apply } });
      }
    }
  }
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ option }) => option);
}

function rankOf(name: string, wanted: string): number | undefined {
  if (name.startsWith(wanted)) {
    return 0;
  }
  if (name.includes(`.${wanted}`)) {
    return 1;
  }
  return wanted.length >= 2 && name.includes(wanted) ? 2 : undefined;
}

/** AND and OR may stand behind a finished condition. */
function mayJoin(tokens: readonly Token[], start: number): boolean {
  const before = tokens.findLast((token) => token.end < start || (token.end === start && token.kind === "close"));
  return (
    before?.kind === "value" || before?.kind === "close" || before?.kind === "regex" || before?.kind === "range-close"
  );
}

function endOfName(text: string, cursor: number): number {
  return cursor + (/^[\w$.-]*/.exec(text.slice(cursor))?.[0].length ?? 0);
}
