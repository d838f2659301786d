export type Parameters = readonly (readonly [name: string, value: string])[];

/** The parameters of a query or a form, in order; nothing is folded together. Throws `URIError` for a broken escape. */
export function readParameters(text: string, countMax = 10_000): Parameters {
  if (text === "") return [];
  const pairs = text.split("&", countMax + 1);
  if (pairs.length > countMax) throw new RangeError("Too many parameters");
  return pairs
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals === -1 ? [decode(pair), ""] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

function decode(text: string): string {
  return text.includes("%") || text.includes("+") ? decodeURIComponent(text.replaceAll("+", " ")) : text;
}
