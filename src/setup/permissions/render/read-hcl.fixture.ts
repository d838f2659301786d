/** Blocks of Terraform's language by their head, with what variables default to in their place. */
export function readHcl(text: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[\w.-]+|[{}[\]()=,]/g) ?? [];
  const variables = new Map<string, unknown>();
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const isAt = (token: string): boolean => tokens[at] === token;

  function take(token: string): void {
    const found = next();
    if (found !== token) throw new SyntaxError(`${token} is missing before ${found}`);
  }

  function readString(token: string): string {
    const text = JSON.parse(token) as string;
    return text.replaceAll(/([$%])\1(?=\{)/g, "$1");
  }

  function readBody(): Record<string, unknown> {
    const members: [string, unknown][] = [];
    take("{");
    while (!isAt("}")) {
      const key = next();
      take("=");
      members.push([key.startsWith('"') ? readString(key) : key, readValue()]);
    }
    take("}");
    return Object.fromEntries(members);
  }

  function readList(): unknown[] {
    const items: unknown[] = [];
    take("[");
    while (!isAt("]")) {
      items.push(readValue());
      take(",");
    }
    take("]");
    return items;
  }

  function readValue(): unknown {
    if (isAt("{")) return readBody();
    if (isAt("[")) return readList();
    const token = next();
    if (token === "jsonencode") {
      take("(");
      const value = readValue();
      take(")");
      return value;
    }
    if (token.startsWith('"')) return readString(token);
    if (/^\d+$/.test(token)) return Number(token);
    return variables.get(token) ?? token;
  }

  const blocks = new Map<string, Record<string, unknown>>();
  while (at < tokens.length) {
    const head: string[] = [];
    while (!isAt("{")) head.push(next());
    const body = readBody();
    const [type, name = ""] = head;
    if (type === "variable") variables.set(`var.${readString(name)}`, body["default"]);
    blocks.set(head.join(" "), body);
  }
  return blocks;
}
