import type { Fault, FaultParameter, ParameterValue, SandboxAccount, SandboxTrail } from "../../sandbox-api.ts";

/** late-notices → Late notices */
export function faultTitle(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly Fault[];
}

const groups: readonly (readonly [title: string, isOf: (name: string) => boolean])[] = [
  ["Notices of log files", (name) => name.endsWith("-notices")],
  ["Log files and digests", (name) => name.endsWith("-files") || name === "silent-region"],
  ["Things taken away", (name) => name.startsWith("removed-") || name.startsWith("disabled-")],
  ["Calls", () => true],
];

/** Faults by what they are done to. */
export function groupFaults(faults: readonly Fault[]): readonly FaultGroup[] {
  const left = new Set(faults);
  return groups.flatMap(([title, isOf]) => {
    const members = [...left].filter(({ name }) => isOf(name));
    for (const fault of members) left.delete(fault);
    return members.length === 0 ? [] : [{ title, faults: members }];
  });
}

/** Whether it has to be given. */
export function isRequired(parameter: FaultParameter): boolean {
  return parameter.kind === "text" && parameter.default === undefined;
}

export interface Known {
  readonly trail: SandboxTrail | undefined;
  readonly accounts: readonly SandboxAccount[];
  readonly region: string;
}

/** What a parameter may well be: the company's own trail and what belongs to it. */
export function suggestions(name: string, { trail, accounts, region }: Known): readonly string[] {
  const own = (value: string | undefined) => (value === undefined ? [] : [value]);
  switch (name) {
    case "account":
      return [...own(trail?.accountId), ...accounts.map(({ id }) => id).filter((id) => id !== trail?.accountId)];
    case "region":
      return [trail?.region ?? region];
    case "bucket":
      return own(trail?.bucket);
    case "topic":
      return own(trail?.topicArn);
    case "queue":
      return own(trail?.queueArn);
    case "trail":
      return own(trail?.trailArn);
    default:
      return [];
  }
}

/** What a field holds before anybody writes into it. */
export function firstText(name: string, parameter: FaultParameter, known: Known): string {
  if (isRequired(parameter)) return suggestions(name, known)[0] ?? "";
  if (parameter.default === undefined) return "";
  return parameter.kind === "share" ? String(Number(parameter.default) * 100) : String(parameter.default);
}

/** What is sent for the fields as they are filled in; an empty one that need not be given is left out. */
export function readFields(
  parameters: Fault["parameters"],
  texts: Readonly<Record<string, string>>,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      const text = (texts[name] ?? "").trim();
      return text === "" ? [] : [[name, readField(parameter, text)] as const];
    }),
  );
}

function readField({ kind }: FaultParameter, text: string): ParameterValue {
  switch (kind) {
    case "share":
      return Number(text) / 100;
    case "minutes":
    case "count":
      return Number(text);
    case "texts":
      return text.split(/[\s,]+/).filter((one) => one !== "");
    case "choice":
    case "text":
      return text;
  }
}

/** How a fault that is on was put on, without what is as always: `share 50 %, region us-east-1`. */
export function tellParameters(fault: Fault | undefined, given: Readonly<Record<string, ParameterValue>>): string {
  return Object.entries(given)
    .filter(([name, value]) => {
      const isEmpty = value === "" || (Array.isArray(value) && value.length === 0);
      return !isEmpty && value !== fault?.parameters[name]?.default;
    })
    .map(([name, value]) => {
      const kind = fault?.parameters[name]?.kind;
      if (kind === "share") return `${name} ${String(Math.round(Number(value) * 1000) / 10)} %`;
      if (kind === "minutes") return `${String(value)} minutes`;
      return `${name} ${Array.isArray(value) ? value.join(" ") : String(value)}`;
    })
    .join(", ");
}
