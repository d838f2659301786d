/** A setting as a form shows it, made from a member of a JSON Schema. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly isRequired: boolean;
  readonly kind: "text" | "number" | "switch" | "texts" | "choice";
  readonly among: readonly string[];
  /** What it is when nothing is given; as text. */
  readonly usual: string | undefined;
  readonly limits: { readonly min?: number; readonly max?: number; readonly step: number | "any" };
}

/** What stands in the form: text for each field, `true` or `false` for a switch. */
export type Entries = Readonly<Record<string, string>>;

export type ReadEntries =
  | { readonly settings: Readonly<Record<string, unknown>>; readonly problems?: undefined }
  | { readonly problems: Readonly<Record<string, string>> };

type Schema = Readonly<Record<string, unknown>>;

const wholeWords: Readonly<Record<string, string>> = {
  url: "URL",
  arn: "ARN",
  id: "ID",
  kms: "KMS",
  aws: "AWS",
  tls: "TLS",
  ca: "CA",
};

/** `queueUrl` → "Queue URL", `everySeconds` → "Every (seconds)" */
export function fieldTitle(name: string): string {
  const [, what, unit] = /^(.+)(Seconds|Minutes|Hours|Days)$/.exec(name) ?? [];
  if (what !== undefined && unit !== undefined) return `${fieldTitle(what)} (${unit.toLowerCase()})`;
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ");
  const text = words.map((word) => wholeWords[word] ?? word).join(" ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The fields of a kind's settings, in the schema's order. */
export function readFields(schema: Schema): readonly Field[] {
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  return Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {}).map(([name, property]) =>
    readField(name, isSchema(property) ? property : {}, required.has(name)),
  );
}

function readField(name: string, schema: Schema, isListed: boolean): Field {
  const usual = schema["default"];
  const among = choicesOf(schema);
  const whole = schema["type"] === "integer";
  const kind =
    among.length > 0
      ? "choice"
      : schema["type"] === "boolean"
        ? "switch"
        : schema["type"] === "array"
          ? "texts"
          : whole || schema["type"] === "number"
            ? "number"
            : "text";
  const [min, max] = [schema["minimum"], schema["maximum"]];
  return {
    name,
    title: fieldTitle(name),
    help: typeof schema["description"] === "string" ? schema["description"] : "",
    isRequired: isListed && usual === undefined,
    kind,
    among,
    usual: usual === undefined ? undefined : String(usual),
    limits: {
      step: whole ? 1 : "any",
      ...(typeof min === "number" && Number.isSafeInteger(min) && min > Number.MIN_SAFE_INTEGER ? { min } : {}),
      ...(typeof max === "number" && max < Number.MAX_SAFE_INTEGER ? { max } : {}),
    },
  };
}

function choicesOf(schema: Schema): readonly string[] {
  const among = schema["enum"];
  return Array.isArray(among) ? among.filter((each) => typeof each === "string") : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How a form begins. */
export function firstEntries(fields: readonly Field[]): Entries {
  return Object.fromEntries(
    fields
      .filter(({ kind, usual }) => kind === "switch" || (kind === "choice" && usual !== undefined))
      .map(({ name, usual }) => [name, usual ?? "false"]),
  );
}

/** The settings that a filled form means, or what is missing; whether they are right says the server. */
export function readEntries(fields: readonly Field[], entries: Entries): ReadEntries {
  const settings: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const { name, kind, isRequired } = field;
    const text = (entries[name] ?? "").trim();
    if (text === "") {
      if (isRequired) problems[name] = "This is needed";
    } else if (kind === "switch") {
      if (text !== (field.usual ?? "false")) settings[name] = text === "true";
    } else if (kind === "number") {
      const number = Number(text);
      if (Number.isFinite(number)) settings[name] = number;
      else problems[name] = "This is no number";
    } else if (kind === "texts") {
      settings[name] = text
        .split(/[\n,]/)
        .map((each) => each.trim())
        .filter((each) => each !== "");
    } else {
      settings[name] = text;
    }
  }
  return Object.keys(problems).length === 0 ? { settings } : { problems };
}

/** What the server says of each field (`region: … is no region`), and what it says of none. */
export function sortIssues(
  issues: readonly string[],
  fields: readonly Field[],
): { readonly ofFields: Readonly<Record<string, string>>; readonly rest: readonly string[] } {
  const ofFields: Record<string, string> = {};
  const rest: string[] = [];
  for (const issue of issues) {
    const [, path = "", said = ""] = /^([\w.]+): (.*)$/s.exec(issue) ?? [];
    const name = path.split(".")[0] ?? "";
    if (fields.some((field) => field.name === name)) ofFields[name] ??= said;
    else rest.push(issue);
  }
  return { ofFields, rest };
}
