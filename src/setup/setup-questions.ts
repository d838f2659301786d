import type { Clock } from "../base/clock.ts";
import { roleCredentials } from "../aws/index.ts";
import { ownCredentials } from "../collect/index.ts";
import { readAccount } from "./account/read-account.ts";
import type { AccountView } from "./account/account.ts";
import { costOf, costOfPlan, type CostAsk, type CostView } from "./cost/cost-of-deployment.ts";
import { readPriceList } from "./cost/price-list.ts";
import { defaultPrices, replaced, withPrices, type Prices } from "./cost/prices.ts";
import { replaySelectors, type Replay, type RuleSight } from "./cost/replay-selectors.ts";
import type { VolumeAsk, VolumeSource } from "./cost/volumes.ts";
import type { DeploymentBook } from "./deployments/deployment-book.ts";
import type { Deployment } from "./deployments/deployment.ts";
import { SetupError } from "./errors.ts";
import type { AwsOfDeployments } from "./open-aws-of.ts";
import { openSetupAws } from "./open-setup-aws.ts";
import { doctor, type DoctorReport } from "./permissions/doctor.ts";
import { accountsOf, rolesOf } from "./permissions/role-model.ts";
import { printRoles, roleRequest } from "./permissions/role-of-deployment.ts";
import { instructionsOf } from "./planning/instructions.ts";
import { makePlan, type MadePlan } from "./planning/make-plan.ts";
import type { SetupWish } from "./planning/plan.ts";
import { newestRuns, type RunTable } from "./running/run-table.ts";
import { allSettings } from "./settings/index.ts";
import type { PlanView, PriceAsk, ReplayRequest, RoleAsk, RoleView, WishRequest } from "./setup.ts";
import type { SetupAws } from "./setup-aws.ts";
import { partOfSetting } from "./wiring/part-of-setting.ts";
import type { WiringPlaces } from "./wiring/wiring.ts";

export interface QuestionsOptions {
  readonly table: RunTable;
  readonly book: DeploymentBook;
  readonly aws: AwsOfDeployments;
  readonly clock: Clock;
  readonly customUserAgent: string;
  /** Counts the events that are stored. */
  readonly volumes: VolumeSource;
  /** The records that are stored, each once, the oldest first. */
  readonly records: StoredRecords;
  /** Knows the rules that look at events; nothing where there are none. */
  readonly rules?: RuleSight | undefined;
}

/** Stored records of some accounts and a time. */
export type StoredRecords = (ask: VolumeAsk, signal: AbortSignal) => AsyncIterable<Uint8Array>;

const dayMs = 86_400_000;
/** The least that anything is scaled up from, in days. */
const minuteDays = 60_000 / dayMs;

/** What set-up answers without changing anything. */
export class SetupQuestions {
  readonly #options: QuestionsOptions;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  async view(name: string): Promise<AccountView> {
    const { book, aws } = this.#options;
    const { accountId, region } = await book.get(name);
    return readAccount({ aws: await aws.of(name), accountId, region, now: this.#now });
  }

  async makePlan(deployment: Deployment, wish: WishRequest): Promise<MadePlan> {
    const aws = await this.#options.aws.of(deployment.name);
    return makePlan(wholeWish(wish, deployment), { deployment, aws, now: this.#now });
  }

  async plan(name: string, wish: WishRequest): Promise<PlanView> {
    const deployment = await this.#options.book.get(name);
    const { plan, account } = await this.makePlan(deployment, wish);
    const bill = await costOfPlan(plan, await this.#costAsk(deployment, account));
    return { plan, instructions: instructionsOf(plan), bill };
  }

  async cost(name: string, prices?: PriceAsk): Promise<CostView> {
    const deployment = await this.#options.book.get(name);
    return costOf({ ...(await this.#costAsk(deployment, await this.view(name))), prices: pricesOf(prices) });
  }

  async replay(name: string, ask: ReplayRequest, signal: AbortSignal): Promise<Replay> {
    const account = await this.view(name);
    const wanted = ask.trail ?? (await this.#places(name)).trail?.arn;
    const trail = account.trails.find(({ arn, name: own }) => arn === wanted || own === wanted);
    if (trail === undefined) throw noSuchTrail(account, wanted);
    const to = this.#now();
    const accounts = [account.accountId];
    const asked = { accounts, from: to - ask.days * dayMs, to };
    // What is stored may be younger: a month is reckoned from the time that there is.
    const { basis } = await this.#options.volumes.measure(asked, signal);
    const stored = basis.kind === "measured" ? basis.days.map((one) => one.days) : [];
    return replaySelectors({
      records: this.#options.records(asked, signal),
      days: Math.min(ask.days, Math.max(minuteDays, ...stored)),
      trail,
      after: ask.selectors,
      others: account.trails,
      prices: pricesOf(ask.prices),
      rules: this.#options.rules,
      signal,
    });
  }

  async role(name: string, ask: RoleAsk): Promise<readonly RoleView[]> {
    const deployment = await this.#options.book.get(name);
    const principalArn = ask.principalArn ?? (await this.#whoWeAre(deployment));
    const places = await this.#placesToAllow(deployment);
    return printRoles(roleRequest(deployment, { principalArn, places }), ask, deployment.region);
  }

  async doctor(name: string): Promise<DoctorReport> {
    const { book, aws } = this.#options;
    const deployment = await book.get(name);
    const places = await this.#placesToAllow(deployment);
    // Whom the role trusts is not looked at: any principal does.
    const principalArn = `arn:aws:iam::${deployment.accountId}:root`;
    const accounts = accountsOf(deployment);
    const roles = rolesOf(roleRequest(deployment, { principalArn, places })).map((role) => ({
      ...role,
      roleArn: accounts.find(({ accountId }) => accountId === role.accountId)?.roleArn,
    }));
    const { accountId, region } = deployment;
    return doctor({
      aws: await aws.of(name),
      deployment,
      roles,
      probes: [
        (watched) => readAccount({ aws: watched, accountId, region, now: this.#now }),
        ...allSettings.flatMap((setting) => {
          const place = places[partOfSetting[setting.name]];
          return place === undefined ? [] : [(watched: SetupAws) => setting.get(place, watched)];
        }),
      ],
      takeOn: await this.#takeOn(deployment),
      now: this.#now,
    });
  }

  readonly #now = () => this.#options.clock.now();

  /**
   * What a role is to allow: what a run is about that stopped, or was agreed on, or would be planned now. Nothing where
   * nobody may look yet, as before there is a role at all: then it allows what we make, by its names.
   */
  async #placesToAllow(deployment: Deployment): Promise<WiringPlaces> {
    const { table, book } = this.#options;
    const [newest] = await newestRuns(table, deployment.name);
    if (newest?.status === "stopped") return newest.plan.places;
    const agreed = await book.agreed(deployment.name);
    if (agreed !== undefined) return agreed.places;
    const made = await this.makePlan(deployment, {}).catch(() => undefined);
    return made?.plan.places ?? {};
  }

  async #places(name: string): Promise<WiringPlaces> {
    return (await this.#options.book.agreed(name))?.places ?? {};
  }

  async #costAsk({ name, region, retentionDays }: Deployment, account: AccountView): Promise<CostAsk> {
    const collects = (await this.#places(name)).trail?.arn;
    const { volumes } = this.#options;
    return { account, volumes, prices: defaultPrices, region, retentionDays, collects, now: this.#now() };
  }

  /** Who this program is before it takes a role on. */
  async #whoWeAre(deployment: Deployment): Promise<string> {
    const secrets = await this.#options.book.secrets(deployment.name);
    const own = { ...deployment, roleArn: undefined, logAccount: undefined };
    await using aws = openSetupAws(own, secrets, this.#options);
    const sts = await aws.client("sts", deployment);
    const { Arn = "" } = await sts.call("GetCallerIdentity", {});
    return Arn;
  }

  async #takeOn({ name, region, endpoint }: Deployment): Promise<NonNullable<Parameters<typeof doctor>[0]["takeOn"]>> {
    const own = ownCredentials(await this.#options.book.secrets(name));
    return ({ roleArn, externalId }) =>
      roleCredentials({
        region,
        customUserAgent: this.#options.customUserAgent,
        roleArn,
        sessionName: "trailwarden-doctor",
        now: this.#now,
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(externalId === undefined ? {} : { externalId }),
        ...own,
      })();
  }
}

/** The usual prices, a price list's in their place, and single ones in the place of those. */
function pricesOf({ overrides, list }: PriceAsk = {}): Prices {
  const listed = list === undefined ? defaultPrices : replaced(defaultPrices, readPriceList(list).prices);
  return overrides === undefined ? listed : withPrices(listed, overrides);
}

function noSuchTrail({ trails }: AccountView, wanted: string | undefined): SetupError {
  const sentence =
    wanted === undefined ? "Say which trail's selectors would change" : `There is no trail ${wanted.slice(0, 300)}`;
  return new SetupError(sentence, {
    code: "trail-unknown",
    fault: "user",
    help:
      trails.length === 0 ? "The account has no trail" : `Choose one of ${trails.map(({ name }) => name).join(", ")}`,
  });
}

function wholeWish(wish: WishRequest, { region, names }: Deployment): SetupWish {
  return {
    region: wish.region ?? region,
    trail: wish.trail,
    createsTrail: wish.createsTrail ?? true,
    allowsPaidCopy: wish.allowsPaidCopy ?? false,
    forOrganization: wish.forOrganization ?? false,
    names,
    keyArn: wish.keyArn ?? "",
  };
}
