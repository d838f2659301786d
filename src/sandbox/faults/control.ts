import { createHash, timingSafeEqual } from "node:crypto";

import { AwsError } from "../../aws/index.ts";
import { type ScaledClock } from "../../base/clock.ts";
import { type AnyStory } from "../stories/index.ts";
import { type FaultBoard, findFault } from "./board.ts";
import { faults } from "./catalogue.ts";
import { WrongParameters } from "./parameters.ts";
import { type StoryPlays } from "./story-plays.ts";

export interface ControlParts {
  readonly board: FaultBoard;
  readonly clock: ScaledClock;
  readonly stories: readonly AnyStory[];
  readonly plays: StoryPlays;
  readonly deliveries: Deliveries;
  readonly accounts: () => readonly object[];
  /** Who asks has to know it: programs of other people on this machine do not. */
  readonly token: string;
}

/** What is on its way out of the sandbox's services. */
export interface Deliveries {
  /** By who delivers: what waits, and what was given up on. */
  figures(): Readonly<Record<string, object>>;
  /** Log files and digests are written now, whether their time has come or not. */
  deliverNow(): Promise<void>;
}

const limits = {
  bodyCharactersMax: 64 * 1024,
  speedMax: 100_000,
  advanceSecondsMax: 400 * 24 * 60 * 60,
  paceMax: 10_000,
};

/** Answers what is asked under `/_trailwarden/`: faults, the clock, stories, deliveries, accounts. */
export function createControl(parts: ControlParts): (request: Request) => Promise<Response> {
  return async (request) => {
    const { hostname, pathname } = new URL(request.url);
    if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) return refuse(403, "Only this machine may ask");
    if (!knowsToken(request, parts.token)) return refuse(401, "The token is missing or wrong");
    const [, , what = "", id = "", more = ""] = pathname.split("/").map((part) => decodeURIComponent(part));
    try {
      switch (what) {
        case "faults":
          return await answerFaults(request, parts.board, id);
        case "clock":
          return await answerClock(request, parts.clock);
        case "stories":
          return await answerStories(request, parts, id, more);
        case "deliveries":
          return await answerDeliveries(request, parts.deliveries);
        case "accounts":
          return request.method === "GET"
            ? Response.json({ accounts: parts.accounts() })
            : refuse(405, "The accounts are asked for with GET");
        default:
          return refuse(404, "There are faults, clock, stories, deliveries and accounts here");
      }
    } catch (error) {
      if (error instanceof WrongParameters || error instanceof RangeError) return refuse(400, error.message);
      if (error instanceof AwsError) return refuse(409, `${error.code}: ${error.message}`);
      throw error;
    }
  };
}

async function answerFaults(request: Request, board: FaultBoard, id: string): Promise<Response> {
  switch (request.method) {
    case "GET":
      return Response.json({
        faults: faults.map(({ name, summary, parameters }) => ({ name, summary, parameters })),
        active: board.active,
      });
    case "POST": {
      const { name, parameters = {} } = await readJson(request);
      const fault = typeof name === "string" ? findFault(name) : undefined;
      if (fault === undefined) return refuse(404, `There is no fault ${String(name).slice(0, 60)}`);
      return Response.json(await board.apply(fault, parameters), { status: 201 });
    }
    case "DELETE":
      if (id === "") await board.clearAll();
      else if (!(await board.clear(id))) return refuse(404, `The fault ${id.slice(0, 60)} is not on`);
      return new Response(null, { status: 204 });
    default:
      return refuse(405, "Faults are asked for with GET, POST or DELETE");
  }
}

async function answerClock(request: Request, clock: ScaledClock): Promise<Response> {
  if (request.method === "POST") {
    const { speed, advanceSeconds, ...others } = await readJson(request);
    if (Object.keys(others).length > 0) throw new WrongParameters("A clock has speed and advanceSeconds");
    if (speed !== undefined) clock.setSpeed(numberWithin("speed", speed, limits.speedMax));
    if (advanceSeconds !== undefined) {
      clock.advance(numberWithin("advanceSeconds", advanceSeconds, limits.advanceSecondsMax) * 1000);
    }
  } else if (request.method !== "GET") return refuse(405, "The clock is asked for with GET or POST");
  return Response.json({ now: new Date(clock.now()).toISOString(), speed: clock.speed });
}

async function answerDeliveries(request: Request, deliveries: Deliveries): Promise<Response> {
  if (request.method === "POST") {
    if (Object.keys(await readJson(request)).length > 0) throw new WrongParameters("A delivery has no parameters");
    await deliveries.deliverNow();
  } else if (request.method !== "GET") return refuse(405, "Deliveries are asked for with GET or POST");
  return Response.json(deliveries.figures());
}

async function answerStories(
  request: Request,
  { stories, plays }: Pick<ControlParts, "stories" | "plays">,
  id: string,
  more: string,
): Promise<Response> {
  if (request.method === "GET" && id === "plays") {
    const play = plays.find(more);
    return more === ""
      ? Response.json({ plays: plays.all })
      : play === undefined
        ? refuse(404, "There is no such play")
        : Response.json(play);
  }
  if (request.method === "GET") {
    const told = stories.map(({ name, title, summary, actors, expected }) => ({
      name,
      title,
      summary,
      actors,
      matters: expected(),
    }));
    return Response.json({ stories: told });
  }
  if (request.method !== "POST" || more !== "play")
    return refuse(405, "A story is played with POST /_trailwarden/stories/<name>/play");
  const story = stories.find(({ name }) => name === id);
  if (story === undefined) return refuse(404, `There is no story ${id.slice(0, 60)}`);
  const { pace = 1, ...others } = await readJson(request);
  if (Object.keys(others).length > 0) throw new WrongParameters("A play has a pace");
  return Response.json(plays.start(story, numberWithin("pace", pace, limits.paceMax, 1)), { status: 202 });
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (text.length > limits.bodyCharactersMax) throw new WrongParameters("The request is too large");
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as what is no object.
  }
  throw new WrongParameters("The request is not a JSON object");
}

function numberWithin(name: string, value: unknown, most: number, least = 0): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new WrongParameters(`${name} is a number from ${least} to ${most}`);
}

function knowsToken(request: Request, token: string): boolean {
  const given = request.headers.get("authorization") ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(`Bearer ${token}`));
}

function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
