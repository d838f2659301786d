import { AwsError } from "../../../aws/index.ts";
import { type JsonObject, type JsonValue } from "../../../cloudtrail/index.ts";
import { type Envelope, eventOf } from "./envelope.ts";
import { type JsonPath, readJsonPath, valueAt } from "./json-path.ts";
import { type Rule, type RuleTarget } from "./rule.ts";

const reserved = "aws.events.";
const predefined = ["rule-arn", "rule-name", "event.ingestion-time", "event", "event.json"].map(
  (name) => `${reserved}${name}`,
);

/** Looks at what a target wants of the event: EventBridge API Reference, PutTargets. */
export function checkTargetInput(target: Pick<RuleTarget, "input" | "inputPath" | "transformer">): void {
  const { input, inputPath, transformer } = target;
  if ([input, inputPath, transformer].filter((each) => each !== undefined).length > 1)
    throw invalid("Only one of Input, InputPath, or InputTransformer must be provided");
  if (input !== undefined) {
    if (input.length > 8_192) throw invalid("Input is too long");
    try {
      JSON.parse(input);
    } catch {
      throw invalid("JSON syntax error in input");
    }
  }
  if (inputPath !== undefined && readJsonPath(inputPath) === undefined) throw invalid("Invalid JSON path in InputPath");
  if (transformer !== undefined) checkTransformer(transformer);
}

/** What a target gets, as text. */
export function targetBody(target: RuleTarget, rule: Rule, envelope: Envelope): string {
  const event = eventOf(envelope);
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) {
    const path = readJsonPath(target.inputPath);
    return JSON.stringify((path === undefined ? undefined : valueAt(event, path)) ?? {});
  }
  return target.transformer === undefined
    ? JSON.stringify(event)
    : transform(target.transformer, rule, envelope, event);
}

type Transformer = NonNullable<RuleTarget["transformer"]>;

function checkTransformer({ paths, template }: Transformer): void {
  if (template === "" || template.length > 8_192) throw invalid("InputTemplate must have 1 to 8192 characters");
  const names = Object.keys(paths);
  if (names.length > 100) throw invalid("InputPathsMap has more than 100 entries");
  for (const [name, path] of Object.entries(paths)) {
    if (!/^[A-Za-z0-9_-]{1,256}$/u.test(name) || name.startsWith("AWS."))
      throw invalid(`Invalid name ${name.slice(0, 50)} in InputPathsMap`);
    if (readJsonPath(path) === undefined) throw invalid(`Invalid JSON path for ${name} in InputPathsMap`);
  }
  for (const [, name = ""] of template.matchAll(/<([A-Za-z0-9_.-]{1,256})>/gu)) {
    if (!names.includes(name) && !predefined.includes(name))
      throw invalid(`Invalid InputTemplate: ${name} is not in InputPathsMap`);
  }
}

/**
 * Fills a template: EventBridge User Guide, "Amazon EventBridge input transformation". Inside of quotes a value comes as
 * text, outside as JSON; what the event does not have comes as empty text (unverified outside of quotes).
 */
function transform({ paths, template }: Transformer, rule: Rule, envelope: Envelope, event: JsonObject): string {
  const { detail: _detail, ...withoutDetail } = event;
  const values: ReadonlyMap<string, JsonValue | undefined> = new Map<string, JsonValue | undefined>([
    ...Object.entries(paths).map(([name, path]): [string, JsonValue | undefined] => [
      name,
      valueAt(event, readJsonPath(path) ?? ([] satisfies JsonPath)),
    ]),
    [`${reserved}rule-arn`, rule.arn],
    [`${reserved}rule-name`, rule.name],
    [`${reserved}event.ingestion-time`, new Date(envelope.takenAt).toISOString()],
    [`${reserved}event`, withoutDetail],
    [`${reserved}event.json`, event],
  ]);
  let isQuoted = false;
  let filled = "";
  for (const part of template.split(/(<[A-Za-z0-9_.-]{1,256}>|\\.|")/u)) {
    if (part === '"') isQuoted = !isQuoted;
    const name = part.startsWith("<") && part.endsWith(">") ? part.slice(1, -1) : undefined;
    filled += name === undefined || !values.has(name) ? part : print(values.get(name) ?? "", isQuoted);
  }
  return filled;
}

function print(value: JsonValue, isQuoted: boolean): string {
  if (!isQuoted) return JSON.stringify(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
