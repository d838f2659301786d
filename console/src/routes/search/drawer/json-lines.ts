/** A piece of JSON text that a line shows in one colour. */
export interface JsonLine {
  readonly depth: number;
  /** The key before the value, undefined in lists and at the top. */
  readonly key?: string;
  /** JSON text of a scalar exactly as it stands in the record, or the bracket that opens or closes. */
  readonly text: string;
  readonly kind: "string" | "number" | "word" | "open" | "close" | "empty";
  readonly hasComma: boolean;
  /** The way from the record's top in the query language's spelling: list positions left out. */
  readonly path: string;
  /** On an opening line: the index of the line that closes it, and how many entries are inside. */
  readonly closesAt?: number;
  readonly entries?: number;
}

interface Draft {
  depth: number;
  key?: string;
  text: string;
  kind: JsonLine["kind"];
  hasComma: boolean;
  path: string;
  closesAt?: number;
  entries?: number;
}

/** Lists of lines longer than this are cut; the raw tab shows the rest. */
const linesMax = 20_000;
const token = /\s*("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[[\]{}:,])/y;

interface Open {
  readonly line: Draft;
  readonly index: number;
  readonly isObject: boolean;
  entries: number;
}

function keyText(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

/**
 * Lays a record's JSON text out in lines. Works on the text and not on parsed values, so that large numbers, repeated
 * keys and escapes are shown as they were written.
 */
export function layOut(raw: string): readonly JsonLine[] {
  const lines: Draft[] = [];
  const stack: Open[] = [];
  let key: string | undefined;
  let pendingKey: string | undefined;
  token.lastIndex = 0;

  function pathHere(): string {
    const parent = stack.at(-1);
    if (parent === undefined) return "";
    if (key === undefined) return parent.line.path;
    return parent.line.path === "" ? key : `${parent.line.path}.${key}`;
  }
  function push(text: string, kind: JsonLine["kind"]): Draft {
    const parent = stack.at(-1);
    if (parent !== undefined) parent.entries += 1;
    const line: Draft = { depth: stack.length, text, kind, hasComma: false, path: pathHere() };
    if (key !== undefined) line.key = key;
    key = undefined;
    lines.push(line);
    return line;
  }
  function close(text: string): void {
    const open = stack.pop();
    if (open === undefined) return;
    if (open.entries === 0) {
      open.line.text += text;
      open.line.kind = "empty";
      return;
    }
    open.line.closesAt = lines.length;
    open.line.entries = open.entries;
    lines.push({ depth: stack.length, text, kind: "close", hasComma: false, path: open.line.path });
  }

  for (let found = token.exec(raw); found !== null && lines.length < linesMax; found = token.exec(raw)) {
    const text = found[1] ?? "";
    const isKeyPlace = stack.at(-1)?.isObject === true && key === undefined;
    if (text === "{" || text === "[") {
      const line = push(text, "open");
      stack.push({ line, index: lines.length - 1, isObject: text === "{", entries: 0 });
    } else if (text === "}" || text === "]") close(text);
    else if (text === ",") {
      const last = lines.at(-1);
      if (last !== undefined) last.hasComma = true;
    } else if (text === ":") {
      key = pendingKey;
      pendingKey = undefined;
    } else if (text.startsWith('"') && isKeyPlace && pendingKey === undefined) pendingKey = keyText(text);
    else push(text, text.startsWith('"') ? "string" : /^[-0-9]/.test(text) ? "number" : "word");
  }
  return lines;
}
