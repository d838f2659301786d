import { isUtf8 } from "node:buffer";
import { literalOf, literalsOf, type Pattern, tidyPattern } from "../../../predicate/index.ts";
import { SigmaFault } from "../fault.ts";
import { expansionsMax, percentSignsMax } from "../limits.ts";
import { quote } from "../read-members.ts";
import type { ValueLists } from "../reading.ts";
import { base64AtOffsets, encodeText } from "./encode.ts";
import type { Transform } from "./modifiers.ts";
import { readPattern } from "./pattern.ts";

/** A value on its way through the modifiers: a pattern, or bytes between two encodings. */
type Form = { readonly pattern: Pattern } | { readonly bytes: Buffer };

/** Puts a value through its modifiers in their order; several patterns come out of some. */
export function transformValue(
  pattern: Pattern,
  transforms: readonly Transform[],
  lists: ValueLists,
  at: number,
): readonly Pattern[] {
  let forms: readonly Form[] = [{ pattern }];
  for (const name of transforms) {
    const next: Form[] = [];
    for (const form of forms) {
      next.push(...applyTransform(form, name, lists, at));
      if (next.length > expansionsMax) {
        throw new SigmaFault(`${name} makes more than ${expansionsMax} values of one`, at);
      }
    }
    forms = next;
  }
  return forms.map((form) => ("pattern" in form ? form.pattern : [{ text: textOfBytes(form.bytes, at) }]));
}

function applyTransform(form: Form, name: Transform, lists: ValueLists, at: number): readonly Form[] {
  switch (name) {
    case "contains":
      return [{ pattern: tidyPattern(["*", ...patternOf(form, at), "*"]) }];
    case "startswith":
      return [{ pattern: tidyPattern([...patternOf(form, at), "*"]) }];
    case "endswith":
      return [{ pattern: tidyPattern(["*", ...patternOf(form, at)]) }];
    case "expand":
      return expand(patternOf(form, at), lists, at).map((pattern) => ({ pattern }));
    case "windash":
      return withDashes(patternOf(form, at), at).map((pattern) => ({ pattern }));
    case "base64":
      return [{ pattern: [{ text: bytesOf(form, name, at).toString("base64") }] }];
    case "base64offset":
      return base64AtOffsets(bytesOf(form, name, at)).map((text) => ({ pattern: [{ text }] }));
    default:
      return [{ bytes: encodeText(literalText(form, name, at), name) }];
  }
}

function patternOf(form: Form, at: number): Pattern {
  return "pattern" in form ? form.pattern : [{ text: textOfBytes(form.bytes, at) }];
}

function bytesOf(form: Form, name: Transform, at: number): Buffer {
  return "bytes" in form ? form.bytes : Buffer.from(literalText(form, name, at));
}

function literalText(form: Form, name: Transform, at: number): string {
  const text = literalOf(patternOf(form, at));
  if (text === undefined || text === "") {
    throw new SigmaFault(`${name} takes a text without wildcards, before contains and the like`, at);
  }
  return text;
}

/** Text of two bytes a character that no Base64 follows is looked for as the characters that the bytes are. */
function textOfBytes(bytes: Buffer, at: number): string {
  if (!isUtf8(bytes)) {
    throw new SigmaFault("This encoding gives bytes that no text holds; base64 belongs behind it", at);
  }
  return bytes.toString("utf8");
}

const placeholder = /(\\?)%(\w+)%/;

/** Puts every value of a list in the place of its name between percent signs; `\%` is a percent sign. */
function expand(pattern: Pattern, lists: ValueLists, at: number): readonly Pattern[] {
  const texts = literalsOf(pattern).join("");
  if (texts.split("%").length - 1 > percentSignsMax) {
    throw new SigmaFault(`A value with placeholders may have ${percentSignsMax} percent signs`, at);
  }
  let expanded: readonly Pattern[] = [[]];
  for (const part of pattern) {
    const pieces = typeof part === "object" ? expandText(part.text, lists, at) : [[part]];
    expanded = expanded.flatMap((before) => pieces.map((piece) => [...before, ...piece]));
    if (expanded.length > expansionsMax) {
      throw new SigmaFault(`expand makes more than ${expansionsMax} values of one`, at);
    }
  }
  return expanded.map(tidyPattern).map((each) => (each.length === 0 ? [{ text: "" }] : each));
}

function expandText(text: string, lists: ValueLists, at: number): readonly Pattern[] {
  const found = placeholder.exec(text);
  if (found === null) {
    return [[{ text: text.replaceAll("\\%", "%") }]];
  }
  const [whole, escape, name = ""] = found;
  if (escape !== "") {
    // The escaped sign is plain; what follows it may still begin a placeholder.
    const end = found.index + 2;
    const before = text.slice(0, end).replaceAll("\\%", "%");
    return expandText(text.slice(end), lists, at).map((rest) => [{ text: before }, ...rest]);
  }
  const values = lists.get(name);
  if (values === undefined) {
    throw new SigmaFault(`There is no list of values for the placeholder %${quote(name).slice(1, -1)}%`, at);
  }
  const before = text.slice(0, found.index).replaceAll("\\%", "%");
  const behind = expandText(text.slice(found.index + whole.length), lists, at);
  if (values.length * behind.length > expansionsMax) {
    throw new SigmaFault(`expand makes more than ${expansionsMax} values of one`, at);
  }
  return values.flatMap((value) => behind.map((rest) => [{ text: before }, ...readPattern(value), ...rest]));
}

const dashes = ["-", "/", "–", "—", "―"];
/** Where a flag begins: behind no word, before one. */
const flagDash = /(?<!\w)[-/–—―](?=\w)/g;

/** The value with each dash that begins a flag in each of its forms. */
function withDashes(pattern: Pattern, at: number): readonly Pattern[] {
  let variants: readonly Pattern[] = [[]];
  for (const part of pattern) {
    const texts = typeof part === "object" ? dashTexts(part.text, at).map((text) => ({ text })) : [part];
    if (variants.length * texts.length > expansionsMax) {
      throw tooManyDashes(at);
    }
    variants = variants.flatMap((before) => texts.map((each) => [...before, each]));
  }
  return variants;
}

function dashTexts(text: string, at: number): readonly string[] {
  const places = [...text.matchAll(flagDash)].map(({ index }) => index);
  if (dashes.length ** places.length > expansionsMax) {
    throw tooManyDashes(at);
  }
  return places.reduce<readonly string[]>(
    (texts, place) =>
      texts.flatMap((each) => dashes.map((dash) => each.slice(0, place) + dash + each.slice(place + 1))),
    [text],
  );
}

function tooManyDashes(at: number): SigmaFault {
  return new SigmaFault(`windash makes more than ${expansionsMax} values of one`, at);
}
