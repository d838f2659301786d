import { type Credentials, type RequestHandler, type ServiceName } from "../../aws/index.ts";
import { type Clock } from "../../base/clock.ts";
import { eventNameOf } from "../../recorder/index.ts";
import { type Company, foundCompany } from "../made-up-events/company.ts";
import { madeUpAccounts, madeUpRegions } from "../made-up-events/accounts.ts";
import { createRandom, type Random } from "../made-up-events/random.ts";
import { type Actor, type ActorOptions, makeActor } from "./actor.ts";
import { type ConsoleDoor } from "./console-door.ts";
import { GroundTruth, type TruthLine } from "./ground-truth.ts";
import { type Matter } from "./story.ts";

/** The accounts of the company that stories play in. */
export type StoryAccount = "shop" | "staging" | "data";

export const storyAccounts: Readonly<Record<StoryAccount, string>> = {
  shop: idOf("shop"),
  staging: idOf("staging"),
  data: idOf("data"),
};

export interface StageOptions {
  /** Where the made-up AWS is. */
  readonly endpoint: string;
  /** The made-up AWS's clock. */
  readonly clock: Clock;
  readonly seed: string;
  /** A key with all rights in each account. */
  readonly administrators: Readonly<Record<StoryAccount, Credentials>>;
  /** Where people sign in; without it a story that needs it says so. */
  readonly console?: ConsoleDoor;
  /** Told of each call that matters, as it happens. */
  readonly onTruth?: (line: TruthLine) => void;
  readonly signal?: AbortSignal;
  /** Instead of the network. */
  readonly requestHandler?: RequestHandler;
}

/** What a story is played on. */
export interface Stage extends Disposable {
  readonly accounts: Readonly<Record<StoryAccount, string>>;
  /** Where the made-up AWS is. */
  readonly endpoint: string;
  /** Names and places of the made-up company. */
  readonly company: Company;
  /** Follows from seed and story alone. */
  readonly random: Random;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly truth: readonly TruthLine[];
  /** The company's own administration, which makes what stories are about. */
  administrator(account: StoryAccount): Actor;
  actor(options: ActorOptions): Actor;
  /** Lets time go by on the made-up AWS's clock. */
  pause(minutes: number): Promise<void>;
  /** Says that the next call is one that matters. */
  mark(matter: Matter): void;
  /** Somebody signs in to the console; answers who acts there, or nobody when it fails. */
  signIn(person: SignInAs): Promise<Actor | undefined>;
}

export interface SignInAs extends Pick<ActorOptions, "accountId" | "tool" | "sourceIp" | "region"> {
  /** None for the account's root. */
  readonly userName?: string;
  readonly mfa?: boolean;
  readonly outcome?: "success" | "failure";
}

/** Opens a stage for one story. */
export function openStage(story: string, options: StageOptions): Stage {
  const { clock, signal, endpoint } = options;
  const truth = new GroundTruth(story, options.onTruth);
  const kept = new Set<{ close(): void }>();
  const surroundings = {
    endpoint,
    signal,
    requestHandler: options.requestHandler,
    onAnswer: ({
      service,
      operation,
      requestId,
    }: {
      service: ServiceName;
      operation: string;
      requestId?: string | undefined;
    }) => truth.answered(service, eventNameOf(service, operation), { requestId }),
    keep: (client: { close(): void }) => void kept.add(client),
  };
  const company = foundCompany(options.seed, madeUpAccounts, madeUpRegions);
  const actor = (actorOptions: ActorOptions) => makeActor(actorOptions, surroundings);
  return {
    endpoint,
    accounts: storyAccounts,
    company,
    random: createRandom(`${options.seed}/stories/${story}`),
    clock,
    signal,
    get truth() {
      return truth.lines;
    },
    administrator: (account) =>
      actor({
        name: `${account}-platform`,
        accountId: storyAccounts[account],
        region: company.homeRegion,
        credentials: options.administrators[account],
        tool: "terraform",
        sourceIp: "198.51.100.20",
      }),
    actor,
    pause: (minutes) => clock.waitUntil(clock.now() + minutes * 60_000, signal),
    mark: (matter) => truth.mark(matter),
    async signIn({ accountId, userName, tool, sourceIp, region, mfa = false, outcome = "success" }) {
      if (options.console === undefined) throw new Error(`${story} needs a console to sign in to`);
      const { eventName, eventId, credentials } = await options.console.signIn({
        accountId,
        sourceIp,
        tool,
        outcome,
        hasMfa: mfa,
        ...(userName === undefined ? {} : { userName }),
      });
      truth.answered("signin", eventName, { eventId });
      return credentials && actor({ name: userName ?? "root", accountId, region, credentials, tool, sourceIp });
    },
    [Symbol.dispose]: () => {
      for (const client of kept) client.close();
    },
  };
}

function idOf(purpose: StoryAccount): string {
  return madeUpAccounts.find((account) => account.purpose === purpose)?.id ?? "";
}
