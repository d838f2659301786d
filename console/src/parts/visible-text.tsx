import { Fragment } from "react";
import type { ReactNode } from "react";

/** Names for the characters that attackers use to hide or turn text; any other invisible one shows its code point. */
const names: Readonly<Record<number, string>> = {
  0x00: "NUL",
  0x07: "BEL",
  0x08: "BS",
  0x09: "TAB",
  0x0a: "LF",
  0x0d: "CR",
  0x1b: "ESC",
  0x7f: "DEL",
  0xad: "SHY",
  0x61c: "ALM",
  0x200b: "ZWSP",
  0x200c: "ZWNJ",
  0x200d: "ZWJ",
  0x200e: "LRM",
  0x200f: "RLM",
  0x2028: "LS",
  0x2029: "PS",
  0x202a: "LRE",
  0x202b: "RLE",
  0x202c: "PDF",
  0x202d: "LRO",
  0x202e: "RLO",
  0x2060: "WJ",
  0x2066: "LRI",
  0x2067: "RLI",
  0x2068: "FSI",
  0x2069: "PDI",
  0xfeff: "BOM",
};

/** Control, format, line-separating, lone-surrogate characters and the letters that are drawn as nothing. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u00a0\u115f\u1160\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]/gu;

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return names[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The text with unseen characters written out, for titles and labels that take no markup. */
export function toVisible(text: string): string {
  return text.replace(unseen, (character) => `‹${nameOf(character)}›`);
}

function withMarks(text: string): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const found of text.matchAll(unseen)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    const name = nameOf(found[0]);
    parts.push(
      <span className="tw-mark" key={found.index} title={`Invisible character ${name}`}>
        {name}
      </span>,
    );
    at = found.index + found[0].length;
  }
  if (at === 0) return text;
  parts.push(text.slice(at));
  return parts.map((part, index) =>
    typeof part === "string" ? <Fragment key={`t${String(index)}`}>{part}</Fragment> : part,
  );
}

/** Text out of a log: nothing in it can act, hide or turn its surroundings around. */
export function VisibleText({ text, className }: { readonly text: string; readonly className?: string | undefined }) {
  return (
    <bdi className={className === undefined ? "tw-value" : `tw-value ${className}`} dir="ltr">
      {withMarks(text)}
    </bdi>
  );
}

/** The same for text in lines, such as commands or a file's content; stands in a `pre`. */
export function VisibleLines({ text }: { readonly text: string }) {
  return text.split(/\r?\n/).map((line, index, all) => (
    <Fragment key={index}>
      <VisibleText text={line} />
      {index < all.length - 1 ? "\n" : null}
    </Fragment>
  ));
}
