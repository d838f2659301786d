import { type KnownDifference } from "./known-difference.ts";

export const eventsDifferences: readonly KnownDifference[] = [
  {
    case: "events: a rule's event comes to its queue in the documented envelope",
    moto: {
      failed: 0,
      count: 1,
      members: ["detail", "detail-type", "id", "region", "resources", "source", "time", "version"],
      same: true,
      said: ["0", "test", null, "eu-central-1", ["r"], { kind: "wanted" }],
      isDated: true,
    },
    why: "moto leaves out the account",
  },
  {
    case: "events: events in AWS's own name are not taken",
    moto: [0, [null]],
    why: "moto takes events in every name",
  },
  {
    case: "events: a pattern of an unknown kind of match is refused",
    moto: "taken",
    why: "moto reads patterns only as it matches them",
  },
  {
    case: "events: a pattern is tried out on an event",
    moto: [null, null, null],
    why: "moto answers nothing",
  },
];
