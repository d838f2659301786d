import { invalid } from "./invalid-parameter.ts";

/** A piece of a JSON filter pattern. */
export type FilterToken =
  | { readonly kind: "sign"; readonly text: string }
  | { readonly kind: "field"; readonly path: readonly (string | number)[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "word"; readonly text: string };

const shape =
  /\s*(?:(&&|\|\||!=|>=|<=|[{}()=<>])|(\$(?:\.[A-Za-z0-9_@-]+|\['[^'\]]{1,100}'\]|\[\d{1,6}\])+)|"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_.:/@*+-]+))\s*/uy;
const step = /\.([A-Za-z0-9_@-]+)|\['([^'\]]+)'\]|\[(\d+)\]/gu;

/** Takes a pattern apart. */
export function readFilterTokens(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  while (at < text.length) {
    shape.lastIndex = at;
    const found = shape.exec(text);
    if (found === null) throw invalid(`Invalid filter pattern at ${text.slice(at, at + 20)}`);
    const [, sign, field, quoted, word] = found;
    if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else if (field !== undefined) tokens.push({ kind: "field", path: readPath(field) });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replaceAll(/\\(.)/gu, "$1") });
    else tokens.push({ kind: "word", text: word ?? "" });
    at = shape.lastIndex;
  }
  return tokens;
}

function readPath(field: string): readonly (string | number)[] {
  return [...field.matchAll(step)].map(([, name, quoted, index]) =>
    index === undefined ? (name ?? quoted ?? "") : Number(index),
  );
}
