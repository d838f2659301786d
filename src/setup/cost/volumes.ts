import type { EventVolume, LogFileVolume } from "../../store/index.ts";

/** Days of a month, as every bill here counts them. */
export const monthDays = 30;

/** How many events of one sort come in a month, counted or said. */
export interface VolumeCell extends Omit<EventVolume, "account" | "firstEventAt"> {
  readonly accountId: string;
  /** `s3.amazonaws.com`; empty for services of any name. */
  readonly service: string;
}

/** Log files that one trail delivers in a month for one account and region. */
export interface DeliveredFiles extends Omit<LogFileVolume, "account"> {
  readonly accountId: string;
}

/** What happens in a month in some accounts. */
export interface Volumes {
  readonly accounts: readonly string[];
  readonly cells: readonly VolumeCell[];
  /** None where they were never counted. */
  readonly delivered: readonly DeliveredFiles[];
  readonly basis: VolumeBasis;
}

/** How volumes came about. */
export type VolumeBasis =
  | {
      readonly kind: "measured";
      /** Milliseconds since the epoch. */
      readonly from: number;
      readonly to: number;
      /** How long each account was looked at, from its first stored event on; scaled to a month. */
      readonly days: readonly { readonly accountId: string; readonly days: number }[];
      /** Accounts of which no event is stored: nothing is known of them. */
      readonly unknown: readonly string[];
    }
  | { readonly kind: "assumed"; readonly sentence: string };

export interface VolumeAsk {
  readonly accounts: readonly string[];
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** What counts events; the event store does, once it holds some. */
export interface VolumeSource {
  measure(ask: VolumeAsk, signal?: AbortSignal): Promise<Volumes>;
}

/** What a person says of an account that nobody has counted yet; each for a month. */
export interface AssumedVolume {
  readonly accountId: string;
  readonly region: string;
  readonly managementReads?: number | undefined;
  readonly managementWrites?: number | undefined;
  readonly dataEvents?: number | undefined;
  readonly networkEvents?: number | undefined;
}

type Counts = Required<{ readonly [Name in Exclude<keyof AssumedVolume, "accountId" | "region">]: number }>;

/** For an account that nobody said anything of: a small company's, most of it reads. */
const guessed: Counts = { managementReads: 450_000, managementWrites: 50_000, dataEvents: 0, networkEvents: 0 };
/** A record's JSON is seldom far from it. */
const recordBytes = 1_400;

/** Volumes that were not counted, but said or guessed. */
export function assumedVolumes(given: readonly AssumedVolume[]): Volumes {
  const isGuess = given.some((one) => !isSaid(one));
  return {
    accounts: [...new Set(given.map(({ accountId }) => accountId))],
    cells: given.flatMap(cellsOf),
    delivered: [],
    basis: {
      kind: "assumed",
      sentence: isGuess
        ? "No events are stored yet; 450,000 reads and 50,000 writes a month are a guess, and data events are left out"
        : "No events are stored yet; the volumes are those that were given",
    },
  };
}

function isSaid({ managementReads, managementWrites, dataEvents, networkEvents }: AssumedVolume): boolean {
  return [managementReads, managementWrites, dataEvents, networkEvents].some((count) => count !== undefined);
}

function cellsOf(given: AssumedVolume): readonly VolumeCell[] {
  const counts: Partial<Counts> | AssumedVolume = isSaid(given) ? given : guessed;
  const cell = (category: string, events: number | undefined, rest: Partial<VolumeCell> = {}): VolumeCell => ({
    accountId: given.accountId,
    region: given.region,
    category,
    service: "",
    readOnly: undefined,
    resourceTypes: [],
    events: events ?? 0,
    bytes: (events ?? 0) * recordBytes,
    ...rest,
  });
  return [
    cell("Management", counts.managementReads, { readOnly: true }),
    cell("Management", counts.managementWrites, { readOnly: false }),
    cell("Data", counts.dataEvents, { resourceTypes: ["AWS::S3::Object"] }),
    cell("NetworkActivity", counts.networkEvents),
  ].filter(({ events }) => events > 0);
}
