import {
  type AwsOperation,
  isServiceName,
  loadOperations,
  type Member,
  type ServiceModel,
  type Shape,
} from "../../src/aws/index.ts";
import { type CloudTrailRecord } from "../../src/cloudtrail/index.ts";
import { eventNameOf } from "../../src/recorder/capture/event-names.ts";
import { setName } from "../../src/recorder/capture/print-ec2.ts";
import { lowerFirst } from "../../src/recorder/capture/print-members.ts";
import { type FieldShape, fieldShape, kindOf } from "./field-shape.fixture.ts";

/**
 * Of the time and place that a record was made in, not of the call: the sandbox is reached without TLS, fields of later
 * versions come with the version, and the identity's shape is compared by its own kind.
 */
const aside =
  /^(?:userIdentity|tlsDetails|sharedEventID|vpcEndpoint|sessionCredentialFromConsole|eventCategory|managementEvent|addendum)/;

/** Records before 1.05, of 2017, lack fields that all have since. */
const oldestVersion = 1.05;

export type Verdict =
  | { readonly kind: "alike" }
  | { readonly kind: "without-real-records" }
  | { readonly kind: "different"; readonly paths: readonly string[] };

/** What the caller chose to pass and to be told: the input and output of a call by its request id. */
export type CallsSeen = ReadonlyMap<string, { readonly input: object }>;

/** Compares records with those that AWS wrote of the same kind. */
export class RealShapes {
  readonly #kinds = new Map<string, FieldShape[]>();
  readonly #identities = new Map<string, FieldShape[]>();

  constructor(records: readonly CloudTrailRecord[]) {
    for (const record of records) {
      if (Number(record.eventVersion) < oldestVersion) continue;
      add(this.#kinds, kindOf(record), callShape(record));
      add(this.#identities, identityKind(record), identityShape(record));
    }
  }

  get kinds(): number {
    return this.#kinds.size;
  }

  /**
   * Whether a record has no path that the real ones lack and lacks none that all of them have. What a caller may pass or
   * leave out is not held against a record: a path more is one of the operation's optional members, written as that
   * service's records write them; a path less is of an optional member that this caller did not pass.
   */
  async judge(record: CloudTrailRecord, seen: CallsSeen): Promise<Verdict> {
    const real = this.#kinds.get(kindOf(record));
    if (real === undefined || !this.#identities.has(identityKind(record))) return { kind: "without-real-records" };
    const operation = await operationOf(record);
    const ours = callShape(record);
    const input = seen.get(record.requestID ?? "")?.input ?? {};
    const [more, less] = compare(ours, real);
    const paths = [
      ...more.filter((path) => !isOptional(path, operation)).map((path) => `+${path}`),
      ...less
        .filter((path) => !isLeftOut(path, { ours, operation, input, count: real.length }))
        .map((path) => `-${path}`),
      ...this.#identityDifferences(record),
    ];
    return paths.length === 0 ? { kind: "alike" } : { kind: "different", paths };
  }

  /** The same without leave for what callers choose: every path has to be in a real record, and none missing. */
  isStrictlyAlike(record: CloudTrailRecord): boolean {
    const real = this.#kinds.get(kindOf(record));
    return real !== undefined && compare(callShape(record), real).every((paths) => paths.length === 0);
  }

  #identityDifferences(record: CloudTrailRecord): readonly string[] {
    const real = this.#identities.get(identityKind(record)) ?? [];
    const [more, less] = compare(identityShape(record), real);
    return [...more.map((path) => `+${path}`), ...less.map((path) => `-${path}`)];
  }
}

function callShape(record: CloudTrailRecord): FieldShape {
  return new Set([...fieldShape(record)].filter((path) => !aside.test(path)));
}

/** By type, and by the kind of key that was used. */
function identityKind({ userIdentity }: CloudTrailRecord): string {
  const { type, accessKeyId = "", sessionContext } = userIdentity ?? {};
  const key = sessionContext === undefined ? accessKeyId.slice(0, 4) : "session";
  return `${type} ${key}`;
}

/** Empty parts of a session's context were there until 2023 and are not since. */
function identityShape({ userIdentity }: CloudTrailRecord): FieldShape {
  return new Set([...fieldShape(userIdentity, "userIdentity")].filter((path) => !path.endsWith(":empty")));
}

/** Paths that no real record has, and paths that all of them have and ours lacks. */
function compare(ours: FieldShape, real: readonly FieldShape[]): readonly [readonly string[], readonly string[]] {
  const known = new Set(real.flatMap((shape) => [...shape]));
  const [first = new Set<string>(), ...others] = real;
  const inAll = [...first].filter((path) => others.every((shape) => shape.has(path)));
  return [
    [...ours].filter((path) => !known.has(path) && !isEmptyOf(path, known)),
    inAll.filter((path) => !ours.has(path) && !isEmptyOf(path, ours)),
  ];
}

/** `vpcSet:empty` and `vpcSet.items[].vpcId:string` are the same field. */
function isEmptyOf(path: string, among: FieldShape): boolean {
  const [name = ""] = path.split(/:(?=[a-z]+$)/);
  if (path.endsWith(":empty"))
    return [...among].some((other) => /^[.[]/.test(other.slice(name.length)) && other.startsWith(name));
  const parts = name.split(/(?=[.[])/);
  return parts.some((_, count) => count > 0 && among.has(`${parts.slice(0, count).join("")}:empty`));
}

/** Whether a path more is an optional member of the operation, by a name that its service's records have for it. */
function isOptional(path: string, operation: AwsOperation | undefined): boolean {
  if (operation === undefined) return false;
  const [name = "", type] = path.split(/:(?=[a-z]+$)/);
  const [part = "", ...rest] = name.replaceAll("[]", "").split(".");
  if (part !== "requestParameters" && part !== "responseElements") return false;
  // A call that passes nothing has no parameters, where nothing is required.
  const shape = part === "requestParameters" ? operation.input : operation.output;
  if (rest.length === 0) return type === "null" && shape.members.every(({ isRequired }) => !isRequired);
  return isMember(operation, shape, rest, true);
}

function isMember(operation: AwsOperation, shape: Shape, names: readonly string[], isTop: boolean): boolean {
  const [name, ...rest] = names;
  if (name === undefined) return true;
  if (shape.kind === "list") {
    const inner = /^items?$/.test(name) ? rest : names;
    return shape.item.shape.kind === "structure"
      ? isMember(operation, shape.item.shape, inner, false)
      : inner.length <= 1;
  }
  if (shape.kind === "map") return isMember(operation, shape.value.shape, rest, false);
  if (shape.kind !== "structure") return false;
  const member = shape.members.find((one) => namesOf(operation, shape, one).includes(name));
  if (member === undefined || (isTop && member.isRequired)) return false;
  return rest.length === 0 || isMember(operation, member.shape, rest, false);
}

/** How records write a member: measured for each kind of service on real records. */
function namesOf({ service }: AwsOperation, shape: Shape, member: Member): readonly string[] {
  if (service.name === "s3" && shape.kind === "structure") {
    const bound = [...shape.bindings.headers, ...shape.bindings.query].find((one) => one.member === member);
    return bound === undefined ? [member.name, member.xmlName ?? member.name] : [bound.wireName];
  }
  if (service.name === "ec2") return [setName(member), lowerFirst(member.xmlName ?? member.name)];
  return [lowerFirst(member.name)];
}

interface Less {
  readonly ours: FieldShape;
  readonly operation: AwsOperation | undefined;
  readonly input: object;
  /** How many real records all have the path. */
  readonly count: number;
}

/** So few may all be of callers who passed the same. */
const fewRecords = 10;

/** Whether a path less is of an optional member that the caller did not pass, or that the answer did not have. */
function isLeftOut(path: string, { ours, operation, input, count }: Less): boolean {
  if (operation === undefined) return false;
  const [name = "", type] = path.split(/:(?=[a-z]+$)/);
  const [part = "", top, ...deeper] = name.replaceAll("[]", "").split(".");
  if (part !== "requestParameters" && part !== "responseElements") return false;
  // Real callers passed nothing, ours something.
  if (top === undefined) return type === "null" && [...ours].some((one) => one.startsWith(`${part}.`));
  const hasTop = [...ours].some((one) => one.split(/[.:[]/, 2).join(".") === `${part}.${top}`);
  const shape = part === "requestParameters" ? operation.input : operation.output;
  const member = shape.members.find((one) => namesOf(operation, shape, one).includes(top));
  // Keys of maps are the caller's own.
  if (hasTop) return deeper.length > 0 && (count < fewRecords || member?.shape.kind === "map");
  if (member === undefined || member.isRequired) return false;
  return part === "responseElements" || !Object.hasOwn(input, member.name);
}

async function operationOf(record: CloudTrailRecord): Promise<AwsOperation | undefined> {
  const name = record.eventSource?.split(".")[0] ?? "";
  if (!isServiceName(name)) return undefined;
  const service: ServiceModel = await loadOperations(name);
  return [...service.operations.values()].findLast((one) => eventNameOf(name, one.name) === record.eventName);
}

function add(kinds: Map<string, FieldShape[]>, kind: string, shape: FieldShape): void {
  const known = kinds.get(kind);
  if (known === undefined) kinds.set(kind, [shape]);
  else known.push(shape);
}
