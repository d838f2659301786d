import { createApp, type Services } from "../../src/server/index.ts";
import { printMarkdownTable } from "./part.ts";

/** What this page takes from an OpenAPI document. */
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** What `/metrics` gives; a test compares it with the names that are there. */
const figuresPart = [
  "## Figures\n",
  "`GET /metrics` is a page in Prometheus' text format; every figure is a gauge, and none costs a look at events.\n",
  "| Name | Labels | What it counts |",
  "| --- | --- | --- |",
  "| `trailwarden_events_stored` | | Events stored |",
  "| `trailwarden_log_files_read` | | Log files read |",
  "| `trailwarden_duplicate_records` | | Records that repeated a stored event |",
  "| `trailwarden_rejected_records` | | Records that were refused |",
  "| `trailwarden_events_disk_bytes` | | Bytes on disk of the events with their indexes |",
  "| `trailwarden_log_files_to_judge` | | Log files that rules have not judged yet |",
  "| `trailwarden_events_to_judge` | | Events that rules have not judged yet |",
  "| `trailwarden_judged_seconds_ago` | | Seconds since the last round of judging ended; there is a round every few seconds, also when nothing came. Not there before the first |",
  "| `trailwarden_judging_has_problem` | | 1 while something keeps rules from judging, or from judging all; `trailwarden detect` says what |",
  "| `trailwarden_rules_in_force` | `kind`: `rule`, `correlation` | Rules that are run, staged ones too |",
  "| `trailwarden_rules_broken` | | Rules that cannot be run |",
  "| `trailwarden_findings` | `severity`, `staged`: `true`, `false` | Findings |",
  "| `trailwarden_incidents_open` | `severity`, `state`: `new`, `triaged`, `contained` | Incidents that are not closed |",
  "| `trailwarden_notices_waiting` | `channel`: the kind, such as `slack` | Notices that are still to be told, those too that wait for the end of quiet hours or for a digest |",
  "| `trailwarden_deliveries_failed_last_day` | `channel` | Tries of the last 24 hours that failed and are made again; `removed` are those of channels that are gone |",
  "| `trailwarden_deliveries_given_up_last_day` | `channel` | Messages that were given up in the last 24 hours |",
  "| `process_resident_memory_bytes` | | Resident memory of the server without its engine |",
  "",
  "Worth a call: `trailwarden_judging_has_problem == 1`, `trailwarden_events_to_judge > 0` for many minutes,",
  "`trailwarden_deliveries_given_up_last_day > 0`, and no answer at all.\n",
];

/** `docs/http-api.md`, from the OpenAPI document that the server itself gives out. */
export async function httpApiPage(): Promise<string> {
  const { paths } = await readApiDocument();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationPart(method, path, operation)),
  );
  return [
    "# HTTP API\n",
    "Made from the server's own OpenAPI document by `npm run docs`; a running server gives the whole of it, with the",
    "schema of every answer, at `/api/v1/openapi.json`.\n",
    "The server listens on this machine only (127.0.0.1) and answers only to its own name. Reading needs no sign-in",
    "yet: whoever can open a connection on this machine can read the events. What changes what is collected, makes the",
    "server read its disk or speak to AWS (whatever is no `GET` below `/api/v1/collect/`) needs the token in the data",
    "folder's `server.json`, as `Authorization: Bearer …`; the command line finds it by itself. A post to a source needs",
    "that source's own token instead.\n",
    "Times are ISO 8601 in UTC. A failure is an `application/problem+json` object (RFC 9457) whose `code` is one of",
    "[those on the page of errors](errors.md) and whose `help` says what to do. A streaming answer is NDJSON: one JSON",
    "value a line, written as it comes; should it fail half-way, the last line says so.\n",
    "Beside the API: `GET /healthz` answers when the server is up, `GET /metrics` gives [figures](#figures) for",
    "Prometheus.\n",
    ...figuresPart,
    ...operations,
  ].join("\n");
}

async function readApiDocument(): Promise<ApiDocument> {
  const app = createApp({ services: nothing, token: "", hosts: ["127.0.0.1"], onFailure: () => undefined });
  const response = await app.request("http://127.0.0.1/api/v1/openapi.json");
  return (await response.json()) as ApiDocument;
}

/** The document is made from the routes alone; nothing behind them is asked. */
const nothing = { version: "", detecting: {} } as Services;

function operationPart(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map((parameter) => [
    `\`${parameter.name}\`${parameter.required === true ? "" : " (optional)"}`,
    parameter.in,
    schemaText(parameter.schema),
  ]);
  const body = operation.requestBody?.content["application/json"]?.schema.properties ?? {};
  const fields = Object.entries(body).map(([name, schema]) => [`\`${name}\``, "body", schemaText(schema)]);
  const [, answer] = Object.entries(operation.responses).find(([status]) => status.startsWith("2")) ?? [];
  return [
    `## ${method.toUpperCase()} ${path}\n`,
    `${operation.summary ?? ""}.\n`,
    ...(parameters.length + fields.length === 0
      ? []
      : [printMarkdownTable(["Parameter", "In", "Value"], [...parameters, ...fields])]),
    `Answer: ${answer?.description ?? ""}.\n`,
  ].join("\n");
}

function schemaText(schema: Schema): string {
  const type = schema.enum?.map((value) => `\`${value}\``).join(", ") ?? typeText(schema);
  const { minimum, maximum, maxLength, description } = schema;
  return [
    type,
    minimum === undefined ? "" : `from ${minimum}`,
    maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? "" : `to ${maximum}`,
    maxLength === undefined ? "" : `of at most ${maxLength} characters`,
    schema.default === undefined || schema.default === "" ? "" : `(default ${String(schema.default)})`,
    description === undefined ? "" : `— ${description}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function typeText(schema: Schema): string {
  const name = typeof schema.type === "string" ? schema.type : "value";
  return name === "array" && schema.items ? `list of ${typeText(schema.items)}` : name;
}
