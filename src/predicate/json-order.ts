/**
 * A record read with the order and spelling of its source kept. `JSON.parse` moves keys such as `"10"` to the front and
 * rounds long numbers, so the JSON text of an object cannot always be told from its result.
 */
export type OrderedJson =
  | {
      readonly kind: "object";
      readonly entries: readonly (readonly [key: string, value: OrderedJson])[];
    }
  | { readonly kind: "array"; readonly items: readonly OrderedJson[] }
  /** The number, string, `true`, `false` or `null` as it stands in the source. */
  | { readonly kind: "scalar"; readonly source: string };

const token = /\s*(?:("(?:[^"\\]|\\.)*")|([[\]{}:,])|([^\s[\]{}:,"]+))/y;

interface Open {
  readonly isObject: boolean;
  readonly entries: (readonly [string, OrderedJson])[];
  readonly items: OrderedJson[];
  key: string | undefined;
}

/** Reads valid JSON (the caller has parsed it before); nesting costs no stack. */
export function readOrderedJson(text: string): OrderedJson {
  const opened: Open[] = [];
  let result: OrderedJson = { kind: "scalar", source: "null" };
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [, string, mark, word] = found;
    const top = opened.at(-1);
    if (mark === "{" || mark === "[") {
      opened.push({ isObject: mark === "{", entries: [], items: [], key: undefined });
    } else if (mark === "}" || mark === "]") {
      opened.pop();
      result = close(top);
      place(opened.at(-1), result);
    } else if (string !== undefined && top?.isObject === true && top.key === undefined) {
      top.key = readString(string);
    } else if (mark === undefined) {
      result = { kind: "scalar", source: string ?? word ?? "null" };
      place(top, result);
    }
  }
  return result;
}

function close(open: Open | undefined): OrderedJson {
  if (open === undefined) {
    return { kind: "scalar", source: "null" };
  }
  return open.isObject ? { kind: "object", entries: open.entries } : { kind: "array", items: open.items };
}

function place(open: Open | undefined, value: OrderedJson): void {
  if (open === undefined) {
    return;
  }
  if (open.isObject) {
    open.entries.push([open.key ?? "", value]);
    open.key = undefined;
  } else {
    open.items.push(value);
  }
}

function readString(source: string): string {
  const value: unknown = JSON.parse(source);
  return typeof value === "string" ? value : "";
}
