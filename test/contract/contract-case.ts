import {
  AwsError,
  type Credentials,
  type InputOf,
  type OperationName,
  type OutputOf,
  type ServiceName,
} from "../../src/aws/index.ts";

/** An AWS as a case speaks to it: the sandbox, or somebody else's. */
export interface Aws {
  readonly accountId: string;
  readonly region: string;
  call<S extends ServiceName, Operation extends OperationName<S>>(
    service: S,
    operation: Operation,
    input: InputOf<S, Operation>,
    as?: As,
  ): Promise<OutputOf<S, Operation>>;
  /** A name that no other case has; the same on every server. */
  name(kind: string): string;
  /** Tidies up when the case is over. */
  afterwards(action: () => Promise<void>): void;
  /** An administrator of another account. */
  readonly other: { readonly accountId: string; readonly credentials: Credentials };
}

export interface As {
  readonly region?: string;
  readonly credentials?: Credentials;
}

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** A few calls, and what AWS answers to them. */
export interface ContractCase {
  /** A sentence of what a user relies on. */
  readonly name: string;
  /** The page of AWS's that says so. */
  readonly source: string;
  /** What came of the calls, without what differs from one run to the next. */
  readonly run: (aws: Aws) => Promise<unknown>;
  readonly expected: Plain;
}

export function defineCases(cases: readonly ContractCase[]): readonly ContractCase[] {
  return cases;
}

/** `taken`, or code and status of the refusal. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "taken";
  } catch (error) {
    if (error instanceof AwsError) return `${error.code} ${error.status}`;
    return `no answer of AWS's (${(error as Error).name})`;
  }
}

/** As it would stand in JSON: instants, unique ids and what is not there are made alike. */
export function plain(value: unknown): Plain {
  return JSON.parse(
    JSON.stringify(value, (_, found: unknown) => (found === undefined ? null : found)) ?? "null",
    (_, found: unknown) => (typeof found === "string" ? withoutChance(found) : found),
  ) as Plain;
}

function withoutChance(text: string): string {
  return text
    .replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "<instant>")
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<uuid>")
    .replaceAll(/\b(AIDA|AROA|AGPA|AIPA|ANPA|AKIA|ASIA)[A-Z0-9]{12,}\b/g, "<$1>");
}

/** Runs a case against a server and tidies up behind it. */
export async function runCase(run: ContractCase["run"], aws: (afterwards: Aws["afterwards"]) => Aws): Promise<Plain> {
  const actions: (() => Promise<void>)[] = [];
  try {
    return plain(await run(aws((action) => void actions.push(action))));
  } finally {
    for (const action of actions.toReversed()) await action();
  }
}
