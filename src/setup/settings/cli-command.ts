/**
 * A call as a command of the AWS CLI, on one line.
 * @param service As the SDK calls it: `s3`.
 * @param operation As the API calls it: `PutBucketPolicy`.
 * @param parameters As the API takes them, by its names; what is undefined is left out.
 */
export function awsCommand(
  service: string,
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
  region?: string,
): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const words = given.some(([name, value]) => !isAddress(service, name) && isTakenForAFile(value))
    ? [`--cli-input-json ${quoteForShell(printJson(Object.fromEntries(given)))}`]
    : given.map(([name, value]) => printOption(optionName(service, operation, name), value));
  return [
    "aws",
    service === "s3" ? "s3api" : service,
    kebabCase(operation),
    ...words,
    ...(region === undefined ? [] : [`--region ${quoteForShell(region)}`]),
  ].join(" ");
}

/**
 * A word as a shell reads it back (bash and zsh), on one line and in ASCII: names and policies come from outside, and
 * neither a shell nor a terminal shall do what they say.
 */
export function quoteForShell(text: string): string {
  // A word of these means nothing else to any shell.
  if (/^[\w:,./@+-]+$/.test(text)) return text;
  if (/^[ -~]*$/.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const bytes = [...Buffer.from(text)].map((byte) =>
    /[\w :,./@+\-"(){}]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : escapeByte(byte),
  );
  return `$'${bytes.join("")}'`;
}

function escapeByte(byte: number): string {
  return String.raw`\x${byte.toString(16).padStart(2, "0")}`;
}

function printOption(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? `--${name}` : `--no-${name}`;
  const word = typeof value === "string" ? value : printJson(value);
  // A word that begins like an option would be taken for one.
  return word.startsWith("-") ? `--${name}=${quoteForShell(word)}` : `--${name} ${quoteForShell(word)}`;
}

/** What is to be an address is not read from there. */
function isAddress(service: string, name: string): boolean {
  return (service === "sqs" && name === "QueueUrl") || (service === "sns" && name === "Endpoint");
}

/** The CLI reads such a value from where it says, and no word can hold the last (CLI User Guide, "Loading parameters"). */
function isTakenForAFile(value: unknown): boolean {
  return typeof value === "string" && (/^(?:fileb?|https?):\/\//i.test(value) || value.includes("\0"));
}

/** JSON in ASCII; it means the same, and a terminal shows it as it is. */
function printJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The CLI has names of its own where its general options have the same (CLI Command Reference, "sns subscribe"). */
const renamed: ReadonlyMap<string, string> = new Map([["sns Subscribe Endpoint", "notification-endpoint"]]);

function optionName(service: string, operation: string, name: string): string {
  return renamed.get(`${service} ${operation} ${name}`) ?? kebabCase(name);
}

/** As the CLI makes its names: `S3BucketName` → `s3-bucket-name`, `EnableAWSServiceAccess` → `enable-aws-service-access`. */
function kebabCase(name: string): string {
  return name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("--", "-")
    .toLowerCase();
}
