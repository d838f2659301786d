/** A piece of a line. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly inside: readonly Inline[] }
  | { readonly kind: "link"; readonly to: string; readonly inside: readonly Inline[] };

export type Block =
  | { readonly kind: "paragraph" | "heading"; readonly inside: readonly Inline[] }
  | { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly text: string };

/** Longer texts are no runbooks; what stands behind is shown as it is written. */
const lengthMax = 40_000;
const depthMax = 4;

const item = /^\s{0,6}(?:[-*+]|(\d{1,3})[.)])\s+(.*)$/;
const fence = /^\s{0,3}```/;
const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/;

/** The few forms of Markdown that runbooks are written in: paragraphs, lists, code, strong, emphasis, links. */
export function readMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.slice(0, lengthMax).split(/\r?\n/);
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at++;
    } else if (fence.test(line)) {
      const end = lines.findIndex((each, index) => index > at && fence.test(each));
      const last = end === -1 ? lines.length : end;
      blocks.push({ kind: "code", text: lines.slice(at + 1, last).join("\n") });
      at = last + 1;
    } else if (item.test(line)) {
      const list = readList(lines, at);
      blocks.push(list.block);
      at = list.next;
    } else {
      const title = heading.exec(line)?.[1];
      const end = title === undefined ? endOfParagraph(lines, at) : at + 1;
      const said = title ?? joined(lines.slice(at, end));
      blocks.push({ kind: title === undefined ? "paragraph" : "heading", inside: readInline(said) });
      at = end;
    }
  }
  if (text.length > lengthMax) blocks.push({ kind: "code", text: text.slice(lengthMax) });
  return blocks;
}

function endOfParagraph(lines: readonly string[], from: number): number {
  let at = from + 1;
  while (at < lines.length && !startsSomething(lines[at] ?? "")) at++;
  return at;
}

function startsSomething(line: string): boolean {
  return line.trim() === "" || item.test(line) || fence.test(line) || heading.test(line);
}

/** Items and the lines that go on with them. */
function readList(lines: readonly string[], from: number): { readonly block: Block; readonly next: number } {
  const isOrdered = item.exec(lines[from] ?? "")?.[1] !== undefined;
  const items: Inline[][] = [];
  let at = from;
  while (at < lines.length) {
    const found = item.exec(lines[at] ?? "");
    if (found === null || (found[1] !== undefined) !== isOrdered) break;
    const end = endOfParagraph(lines, at);
    items.push([...readInline(joined([found[2] ?? "", ...lines.slice(at + 1, end)]))]);
    at = end;
    // One empty line between items leaves them one list.
    if ((lines[at] ?? "x").trim() === "" && item.test(lines[at + 1] ?? "")) at++;
  }
  return { block: { kind: "list", isOrdered, items }, next: at };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(" ");
}

/** Code first, so that nothing inside it is taken for a form. */
const forms = /`([^`]+)`|\*\*(.+?)\*\*|\*(?!\s)([^*]+?)\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

function readInline(text: string, depth = 0): readonly Inline[] {
  if (depth > depthMax) return [{ kind: "text", text }];
  const pieces: Inline[] = [];
  let at = 0;
  for (const found of text.matchAll(forms)) {
    if (found.index > at) pieces.push({ kind: "text", text: text.slice(at, found.index) });
    const [whole, code, strong, emphasis, title, to] = found;
    if (code !== undefined) pieces.push({ kind: "code", text: code });
    else if (strong !== undefined) pieces.push({ kind: "strong", inside: readInline(strong, depth + 1) });
    else if (emphasis !== undefined) pieces.push({ kind: "emphasis", inside: readInline(emphasis, depth + 1) });
    else if (title !== undefined && to !== undefined && isWebAddress(to))
      pieces.push({ kind: "link", to, inside: readInline(title, depth + 1) });
    else pieces.push({ kind: "text", text: whole });
    at = found.index + whole.length;
  }
  if (at < text.length) pieces.push({ kind: "text", text: text.slice(at) });
  return pieces;
}

/** An address that a link may lead to; never a script's. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s"'<>]+$/i.test(text) && URL.canParse(text);
}
