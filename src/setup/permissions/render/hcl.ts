/** A value of Terraform's language; `expression` is written as it is. */
export type HclValue = string | number | boolean | readonly HclValue[] | { readonly [key: string]: HclValue };

/** A text, in which nothing is taken for a template. */
export function hclString(text: string): string {
  return escapeTemplates(JSON.stringify(text));
}

/** Marks that would begin a template stand twice (Terraform, "Strings and Templates"). */
export function escapeTemplates(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, (mark) => mark + mark);
}

/** A value as `terraform fmt` writes it, its further lines set in by `indent`. */
export function hclObject(value: HclValue, indent: string): string {
  if (typeof value === "string") return hclString(value);
  if (typeof value !== "object") return String(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${inner}${hclObject(item, inner)},\n`).join("")}${indent}]`;
  }
  const expression = value["expression"];
  if (typeof expression === "string") return expression;
  const members = Object.entries(value).map(([key, member]) => [keyOf(key), hclObject(member, inner)] as const);
  return `{\n${hclBody(members, inner)}${indent}}`;
}

function keyOf(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : hclString(key);
}

/** Members a line each; equals signs stand below each other in lines that follow each other, not beside longer values. */
export function hclBody(members: readonly (readonly [key: string, text: string])[], indent: string): string {
  let written = "";
  let run: (readonly [key: string, text: string])[] = [];
  const flush = () => {
    const width = Math.max(0, ...run.map(([key]) => key.length));
    for (const [key, text] of run) written += `${indent}${key.padEnd(width)} = ${text}\n`;
    run = [];
  };
  for (const member of members) {
    const [key, text] = member;
    if (!text.includes("\n")) run.push(member);
    else {
      flush();
      written += `${indent}${key} = ${text}\n`;
    }
  }
  flush();
  return written;
}

function isList(value: object): value is readonly HclValue[] {
  return Array.isArray(value);
}
