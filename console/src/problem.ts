interface ProblemOptions {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly help?: string | undefined;
  readonly code?: string | undefined;
  readonly issues?: readonly string[];
}

/** A refusal as the server words it (`application/problem+json`). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly help: string | undefined;
  /** The server's own name for it: `token-missing`. */
  readonly code: string | undefined;
  /** What is wrong with each thing that was sent, where the server says so: `region: eu-nowhere-1 is no region`. */
  readonly issues: readonly string[];

  constructor(options: ProblemOptions) {
    super(options.detail);
    this.name = "Problem";
    this.status = options.status;
    this.title = options.title;
    this.help = options.help;
    this.code = options.code;
    this.issues = options.issues ?? [];
  }
}

/** Reads a problem out of whatever the server sent. */
export function toProblem(body: unknown, status: number): Problem {
  const member = (of: unknown, name: string): unknown =>
    typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
  const field = (name: string): string | undefined => {
    const value = member(body, name);
    return typeof value === "string" ? value : undefined;
  };
  const details = member(body, "details");
  const issues = member(details, "issues") ?? issueOf(member(details, "setting"), field("detail"));
  return new Problem({
    status,
    title: field("title") ?? "The server answered in a way this page does not understand",
    detail: field("detail") ?? `HTTP status ${String(status)}`,
    help: field("help"),
    code: field("code"),
    issues: Array.isArray(issues) ? issues.filter((issue) => typeof issue === "string") : [],
  });
}

/** The one setting that does not fit, where the server names it beside its sentence. */
function issueOf(setting: unknown, detail: string | undefined): readonly string[] | undefined {
  return typeof setting === "string" && detail !== undefined ? [`${setting}: ${detail}`] : undefined;
}

/** No answer at all. */
export function unreachable(): Problem {
  return new Problem({
    status: 0,
    title: "The server does not answer",
    detail: "No connection to the Trailwarden server that sent this page",
    help: "See whether it still runs; start it again with npm start",
  });
}
