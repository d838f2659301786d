/** A value as a template holds it; an object whose only member is `Ref`, `Fn::Sub` or `Fn::GetAtt` is written as its short form. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Writes the part of YAML that templates need: block collections, and scalars quoted wherever they could be misread. */
export function writeYaml(value: YamlValue): string {
  return `${linesOf(value).join("\n")}\n`;
}

function linesOf(value: YamlValue): readonly string[] {
  if (typeof value !== "object") return [scalar(value)];
  const short = shortForm(value);
  if (short !== undefined) return [short];
  if (isList(value)) return value.length === 0 ? ["[]"] : value.flatMap((item) => underMark("- ", linesOf(item)));
  const entries = Object.entries(value);
  return entries.length === 0 ? ["{}"] : entries.flatMap(([key, member]) => memberLines(scalar(key), member));
}

function memberLines(key: string, value: YamlValue): readonly string[] {
  const lines = linesOf(value);
  const [first = "", ...rest] = lines;
  const isInline = typeof value !== "object" || shortForm(value) !== undefined || first === "[]" || first === "{}";
  return isInline ? [`${key}: ${first}`, ...rest] : [`${key}:`, ...lines.map((line) => `  ${line}`)];
}

function underMark(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? mark : " ".repeat(mark.length)}${line}`);
}

const shortForms: Readonly<Record<string, string>> = { Ref: "!Ref", "Fn::Sub": "!Sub", "Fn::GetAtt": "!GetAtt" };

function shortForm(value: object): string | undefined {
  const [entry, ...others] = Object.entries(value) as [string, YamlValue][];
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  const tag = shortForms[name];
  return tag === undefined || typeof argument !== "string" ? undefined : `${tag} ${scalar(argument)}`;
}

/** Text that is text to every reader of YAML, old ones too; what looks like a number, a date or a truth is quoted. */
const plain = /^[A-Za-z][A-Za-z0-9_./:-]*(?<!:)$/;
const misread = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  return plain.test(value) && !misread.test(value) ? value : JSON.stringify(value);
}

function isList(value: object): value is readonly YamlValue[] {
  return Array.isArray(value);
}
