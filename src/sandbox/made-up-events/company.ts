import { agents } from "./agents.ts";
import type { MadeUpAccount } from "./accounts.ts";
import { makeAccessKey, makePlace, makePrincipalId, type Place } from "./places.ts";
import { createRandom } from "./random.ts";

/** Somebody who works at Example Shop and comes in through IAM Identity Center. */
export interface Person {
  readonly email: string;
  readonly job: "admin" | "developer" | "analyst" | "security";
  /** Hours ahead of UTC, which decides when the day begins. */
  readonly hoursAhead: number;
  readonly address: string;
  readonly browser: string;
}

/** A role's or user's ids, the same on every day. */
export interface Ids {
  readonly roleId: string;
  readonly userId: string;
  readonly accessKey: string;
  /** Sixteen hex digits, as the names of Identity Center's roles end. */
  readonly suffix: string;
}

/** The made-up company: its accounts, what stands in them, who works there. */
export interface Company {
  readonly seed: string;
  readonly accounts: readonly MadeUpAccount[];
  readonly regions: readonly string[];
  readonly people: readonly Person[];
  readonly accountFor: (purpose: MadeUpAccount["purpose"]) => string;
  /** Where the company mostly works. */
  readonly homeRegion: string;
  readonly placeIn: (accountId: string, region: string) => Place;
  readonly idsOf: (accountId: string, name: string) => Ids;
}

const [chrome, edge, firefox, safari] = agents.browsers;

const people: readonly Person[] = [
  {
    email: "ana@example.com",
    job: "admin",
    hoursAhead: 1,
    address: "203.0.113.21",
    browser: chrome,
  },
  {
    email: "ben@example.com",
    job: "developer",
    hoursAhead: 0,
    address: "203.0.113.34",
    browser: firefox,
  },
  {
    email: "carla@example.com",
    job: "developer",
    hoursAhead: 1,
    address: "203.0.113.21",
    browser: safari,
  },
  {
    email: "dmitri@example.com",
    job: "analyst",
    hoursAhead: 2,
    address: "203.0.113.58",
    browser: edge,
  },
  {
    email: "ella@example.com",
    job: "security",
    hoursAhead: 8,
    address: "2001:db8:4f1::51",
    browser: chrome,
  },
  {
    email: "farid@example.com",
    job: "developer",
    hoursAhead: 1,
    address: "203.0.113.21",
    browser: chrome,
  },
  {
    email: "grace@example.com",
    job: "admin",
    hoursAhead: -8,
    address: "203.0.113.190",
    browser: safari,
  },
  {
    email: "ines@example.com",
    job: "analyst",
    hoursAhead: -3,
    address: "2001:db8:a20:7::9c",
    browser: edge,
  },
];

/** Puts the company together; the same seed always gives the same one. */
export function foundCompany(seed: string, accounts: readonly MadeUpAccount[], regions: readonly string[]): Company {
  const places = new Map<string, Place>();
  const ids = new Map<string, Ids>();
  const first = accounts[0]?.id ?? "111122223333";
  function placeIn(accountId: string, region: string): Place {
    const key = `${accountId}/${region}`;
    const place = places.get(key) ?? makePlace(seed, accountId, region);
    places.set(key, place);
    return place;
  }
  function idsOf(accountId: string, name: string): Ids {
    const key = `${accountId}/${name}`;
    const made = ids.get(key) ?? makeIds(seed, key);
    ids.set(key, made);
    return made;
  }
  return {
    seed,
    accounts,
    regions,
    people,
    accountFor: (purpose) => accounts.find((account) => account.purpose === purpose)?.id ?? first,
    homeRegion: regions[0] ?? "us-east-1",
    placeIn,
    idsOf,
  };
}

function makeIds(seed: string, key: string): Ids {
  const random = createRandom(`${seed}/ids/${key}`);
  return {
    roleId: makePrincipalId(random, "AROA"),
    userId: makePrincipalId(random, "AIDA"),
    accessKey: makeAccessKey(random, "AKIA"),
    suffix: random.hex(16),
  };
}
