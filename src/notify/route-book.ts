import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import type { NotifyTable } from "../state/index.ts";
import { nameHelp, namePattern, NotifyError } from "./errors.ts";
import { noticeKinds } from "./notice.ts";
import type { Route } from "./notifier.ts";
import { severities } from "./severity.ts";

const dayMs = 86_400_000;
const listMax = 500;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day looks like 08:30");
const timeOfEnd = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "A time of day looks like 18:00; 24:00 is the day's end");
const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, "No time zone of that name is known; one looks like Europe/Berlin");
const severity = z.enum(severities);
const words = (max: number) => z.array(z.string().min(1).max(max)).max(listMax);

const routeSchema = z.strictObject({
  name: z.string().regex(namePattern, nameHelp),
  channels: words(63).min(1, "Name at least one channel"),
  kinds: z.array(z.enum(noticeKinds)).max(noticeKinds.length).default([]),
  accountIds: z
    .array(z.string().regex(/^\d{12}$/, "An account has 12 digits"))
    .max(10_000)
    .default([]),
  rules: words(500).default([]),
  severity: severity.default("high"),
  schedule: z
    .strictObject({
      timeZone,
      hours: z
        .array(
          z.strictObject({
            days: z.array(z.int().min(0).max(7)).min(1, "Name at least one day: 1 is Monday, 7 is Sunday").max(8),
            from: time,
            to: timeOfEnd,
          }),
        )
        .min(1, "Say in which hours people may be disturbed")
        .max(50),
    })
    .optional(),
  groupMs: z.int().min(0).max(dayMs).default(30_000),
  digestAt: z.array(time).max(24).default([]),
  quietSeverity: severity.default("critical"),
  isOn: z.boolean().default(true),
});

/** Routes as people set them up. */
export class RouteBook {
  readonly #table: NotifyTable;
  readonly #clock: Clock;

  constructor(table: NotifyTable, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async list(): Promise<readonly Route[]> {
    return (await this.#table.routes()).map(({ content }) => routeOf(content));
  }

  /** Throws `route-invalid`, which names the setting. */
  async put(given: unknown): Promise<Route> {
    const read = routeSchema.safeParse(given);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw invalid(issue?.path.join(".") || "route", issue?.message ?? "not as described");
    }
    const route: Route = { ...read.data, schedule: read.data.schedule };
    const known = new Set((await this.#table.channels()).map(({ name }) => name));
    const missing = route.channels.find((name) => !known.has(name));
    if (missing !== undefined) throw invalid("channels", `there is no channel ${missing.slice(0, 80)}`);
    await this.#table.putRoute({ name: route.name, content: route, changedAt: this.#clock.now() });
    return route;
  }

  /** Throws `route-unknown`. */
  async remove(name: string): Promise<void> {
    if (!(await this.list()).some((route) => route.name === name)) {
      throw new NotifyError(`There is no route ${JSON.stringify(name.slice(0, 80))}`, {
        code: "route-unknown",
        fault: "user",
        help: "See those that there are: trailwarden notify routes",
      });
    }
    await this.#table.removeRoute(name);
  }

  /** A channel that is gone is named by no route; a route that named it alone goes too. */
  async forgetChannel(channel: string): Promise<void> {
    for (const route of await this.list()) {
      const channels = route.channels.filter((name) => name !== channel);
      if (channels.length === route.channels.length) continue;
      if (channels.length === 0) await this.#table.removeRoute(route.name);
      else await this.put({ ...route, channels });
    }
  }

  /** What is offered with the first channel, while nobody has said who is told of what. */
  async offered(): Promise<Route | undefined> {
    const channels = (await this.#table.channels()).map(({ name }) => name);
    if (channels.length === 0 || (await this.list()).length > 0) return undefined;
    return routeOf({ name: "high-or-worse", channels, severity: "high" });
  }
}

/** Checked when it was written; what a newer field lacks gets its default. */
function routeOf(content: unknown): Route {
  const route = routeSchema.parse(content);
  return { ...route, schedule: route.schedule };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function invalid(setting: string, problem: string): NotifyError {
  return new NotifyError(`The route cannot be set up: ${setting}: ${problem}`, {
    code: "route-invalid",
    fault: "user",
    help: "Mend what is named; docs/notify.md shows what a route takes",
    details: { setting },
  });
}
