import type { HitFacts } from "../detect/index.ts";

const textLengthMax = 500;
const resourcesMax = 20;
const tagsMax = 50;
const kinds = ["rule", "correlation", "search", "threat-list"] as const;

/** The facts of a finding as they were kept, whatever wrote them. */
export function readFacts(content: unknown): HitFacts {
  const told = typeof content === "object" && content !== null ? (content as Readonly<Record<string, unknown>>) : {};
  const text = (name: keyof HitFacts) => boundedText(told[name]);
  const texts = (name: keyof HitFacts, most: number) => {
    const all: unknown = told[name];
    return Array.isArray(all) ? all.slice(0, most).map(boundedText) : [];
  };
  return {
    title: text("title") || "A finding",
    of: kinds.find((kind) => kind === told.of) ?? "rule",
    tags: texts("tags", tagsMax),
    eventName: text("eventName"),
    eventSource: text("eventSource"),
    errorCode: text("errorCode"),
    actorName: text("actorName"),
    principalArn: text("principalArn"),
    accessKey: text("accessKey"),
    sourceIp: text("sourceIp"),
    userAgent: text("userAgent"),
    resources: texts("resources", resourcesMax),
    value: typeof told.value === "number" ? told.value : undefined,
    groupBy: [],
    indicator: typeof told.indicator === "string" ? boundedText(told.indicator) : undefined,
  };
}

/** A text from a log, cut. */
export function boundedText(value: unknown): string {
  if (typeof value !== "string") return "";
  return value.length <= textLengthMax ? value : `${value.slice(0, textLengthMax - 1).toWellFormed()}…`;
}
