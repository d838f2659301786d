/** A refusal as the server words it (`application/problem+json`). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly help: string | undefined;

  constructor(options: { status: number; title: string; detail: string; help?: string | undefined }) {
    super(options.detail);
    this.name = "Problem";
    this.status = options.status;
    this.title = options.title;
    this.help = options.help;
  }
}

/** Reads a problem out of whatever the server sent. */
export function toProblem(body: unknown, status: number): Problem {
  const field = (name: string): string | undefined => {
    const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return new Problem({
    status,
    title: field("title") ?? "The server answered in a way this page does not understand",
    detail: field("detail") ?? `HTTP status ${String(status)}`,
    help: field("help"),
  });
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
