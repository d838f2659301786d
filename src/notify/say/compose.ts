import type { Message, MessageForm, Point } from "../message.ts";
import type { Notice } from "../notice.ts";
import { rankOf, severities, worstOf, type Severity } from "../severity.ts";
import { countOf, limits, plain } from "./plain.ts";

export interface ComposeContext {
  readonly key: string;
  readonly form: MessageForm;
  /** What a digest goes on with. */
  readonly thread: string;
  readonly consoleUrl: string | undefined;
}

/** Facts that a message has room for. */
const factsMax = 12;
/** Lines about what was before, or of a digest. */
const pointsMax = 25;

/** Words for what is to be told together; there is one notice at least, the oldest first. */
export function compose(notices: readonly Notice[], context: ComposeContext): Message | undefined {
  const latest = notices.at(-1);
  if (latest === undefined) return undefined;
  return context.form === "thread" ? ofThread(latest, notices, context) : ofMany(latest, notices, context);
}

/** The newest is told whole; what came before it stands below. */
function ofThread(latest: Notice, notices: readonly Notice[], context: ComposeContext): Message {
  const before = notices.slice(0, -1);
  return {
    ...pointsOf(before.toReversed(), context),
    ...{ key: context.key, form: "thread", thread: latest.thread },
    state: latest.state,
    isTaken: latest.isTaken === true,
    severity: latest.severity,
    subject: subjectOf(latest.severity, latest.title),
    text: plain(latest.text, limits.text),
    facts: latest.facts.slice(0, factsMax).flatMap(({ label, value }) => {
      const fact = { label: plain(label, limits.label), value: plain(value, limits.value) };
      return fact.value === "" ? [] : [fact];
    }),
    link: linkTo(latest.path, context),
    at: latest.at,
    notices,
  };
}

/** How many there are of what, and the worst of them. */
function ofMany(latest: Notice, notices: readonly Notice[], context: ComposeContext): Message {
  const severity = worstOf(notices.map((notice) => notice.severity));
  const worstFirst = notices.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
  const counts = severities
    .toReversed()
    .map((one) => [one, notices.filter((notice) => notice.severity === one).length] as const)
    .filter(([, count]) => count > 0)
    .map(([one, count]) => `${count.toLocaleString("en-US")} ${one}`);
  const why = context.form === "flood" ? " at once, told together so that they do not bury the rest" : "";
  return {
    ...pointsOf(worstFirst, context),
    ...{ key: context.key, form: context.form, thread: context.thread },
    state: "opened",
    isTaken: false,
    severity,
    subject: subjectOf(severity, `${countOf(notices.length, "notice")}: ${counts.join(", ")}`),
    text: `${countOf(notices.length, "notice")}${why}: ${counts.join(", ")}.`,
    facts: [],
    link: linkTo("/", context),
    at: latest.at,
    notices,
  };
}

function subjectOf(severity: Severity, title: string): string {
  return `[${severity.toUpperCase()}] ${plain(title, limits.title)}`;
}

function pointsOf(notices: readonly Notice[], context: ComposeContext): { points: readonly Point[]; more: number } {
  const points = notices.slice(0, pointsMax).map(({ at, severity, title, path }) => ({
    ...{ at, severity, title: plain(title, limits.title) },
    link: linkTo(path, context),
  }));
  return { points, more: notices.length - points.length };
}

/** Paths are ours, but hold what came from outside: nothing in them leads away from the console. */
function linkTo(path: string, { consoleUrl }: ComposeContext): string | undefined {
  if (consoleUrl === undefined || !path.startsWith("/")) return undefined;
  try {
    const base = new URL(consoleUrl);
    const link = new URL(`${base.pathname.replace(/\/+$/, "")}/${path.replace(/^[/\\]+/, "")}`, base.origin);
    return link.origin === base.origin ? link.href : undefined;
  } catch {
    return undefined;
  }
}
