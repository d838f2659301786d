import type { Span } from "../grouping/linking.ts";
import type { Part } from "../part.ts";

const titlesMax = 3;
const titleLengthMax = 90;
const nameLengthMax = 60;

/** Who, from where, and the two or three worst things: `alice (AKIA…) from 203.0.113.5: a user was made, …`. */
export function titleOf(parts: readonly Part[]): string {
  const titles = titlesOf(parts);
  const few = titles.slice(0, titlesMax);
  const more = titles.length - few.length;
  const things = few.map((title, index) => (index === 0 ? cut(title) : lowered(cut(title)))).join("; ");
  return `${whoOf(parts)}: ${things}${more > 0 ? ` and ${more} more` : ""}`;
}

/** One or two sentences: when, who with what, where, to what. */
export function summaryOf(parts: readonly Part[], { firstAt: from, lastAt: to }: Span): string {
  const told = parts.filter(({ isContext }) => !isContext);
  const all = told.length === 0 ? parts : told;
  const accounts = unique(all.map(({ accountId }) => accountId));
  const behind = unique(all.map(({ rootName }) => rootName)).filter((name) => name !== whoName(all));
  const resources = unique(
    all.flatMap(({ entities }) =>
      entities.filter(([kind]) => kind === "resource").map(([, , label]) => shortened(label)),
    ),
  );
  const when = to - from < 1_000 ? `At ${instant(from)}` : `Between ${instant(from)} and ${instant(to)}`;
  const stands = behind.length === 0 ? "" : `, behind whom stands ${listed(behind, 2)},`;
  const titles = titlesOf(parts).map((title) => cut(title));
  const first = `${when} ${whoOf(parts)}${stands} set off ${count(titles.length, "rule")} in ${listed(accounts, 2) || "no account"}: ${titles.slice(0, titlesMax).map(lowered).join("; ")}.`;
  return resources.length === 0 ? first : `${first} It was about ${listed(resources, 3)}.`;
}

/** The worst findings' actor with key and address, where they are the same for most of it. */
function whoOf(parts: readonly Part[]): string {
  const name = whoName(parts);
  const own = parts.filter(({ actorName }) => actorName === name);
  const keys = unique(own.map(({ accessKey }) => accessKey));
  const addresses = unique(own.map(({ sourceIp }) => sourceIp));
  const key = keys.length === 1 && keys[0]?.startsWith("AKIA") === true ? ` (${keys[0]})` : "";
  const others = unique(parts.map(({ actorName }) => actorName)).length - 1;
  const and = others > 0 ? ` and ${count(others, "other")}` : "";
  const [address] = addresses;
  const where =
    address === undefined
      ? ""
      : addresses.length === 1
        ? ` from ${cut(address, nameLengthMax)}`
        : ` from ${addresses.length} addresses`;
  return `${cut(name, nameLengthMax)}${key}${and}${where}`;
}

function whoName(parts: readonly Part[]): string {
  return parts.find(({ actorName }) => actorName !== "")?.actorName ?? "Somebody";
}

function titlesOf(parts: readonly Part[]): string[] {
  const told = parts.filter(({ isContext }) => !isContext);
  return unique((told.length === 0 ? parts : told).map(({ title }) => title));
}

/** A sentence's first letter is small within another, unless a name begins there: `CloudTrail`, `S3`. */
function lowered(text: string): string {
  return /^[A-Z][a-z]* |^[A-Z][a-z]*,/.test(text) && !/^(?:[A-Z][a-z]*[A-Z]|Lambda |Config |Macie |Route )/.test(text)
    ? `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
    : text;
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function shortened(arn: string): string {
  return cut(arn.split(":").slice(5).join(":") || arn, nameLengthMax);
}

function listed(names: readonly string[], most: number): string {
  const few = names.slice(0, most).map((name) => cut(name, nameLengthMax));
  const more = names.length - few.length;
  if (more > 0) return `${few.join(", ")} and ${more} more`;
  const last = few.at(-1) ?? "";
  return few.length < 2 ? last : `${few.slice(0, -1).join(", ")} and ${last}`;
}

function cut(text: string, most = titleLengthMax): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}
