import { type KnownDifference } from "./known-difference.ts";

export const stsDifferences: readonly KnownDifference[] = [
  {
    case: "sts: the external id decides: absent, wrong, right",
    moto: ["taken", "taken", "taken"],
    why: "moto looks at neither trust, keys nor limits unless it is started to",
  },
  {
    case: "sts: a role that is not there is not taken on",
    moto: "taken",
    why: "moto looks at neither trust, keys nor limits unless it is started to",
  },
  {
    case: "sts: an account that the role does not trust is denied",
    moto: "taken",
    why: "moto looks at neither trust, keys nor limits unless it is started to",
  },
  {
    case: "sts: a session is between fifteen minutes and what the role gives",
    moto: ["taken", "taken", "taken"],
    why: "moto looks at neither trust, keys nor limits unless it is started to",
  },
  {
    case: "sts: a session's name of one sign or with a space is refused",
    moto: ["taken", "taken"],
    why: "moto looks at neither trust, keys nor limits unless it is started to",
  },
  {
    case: "sts: an unknown key is refused",
    moto: "taken",
    why: "moto looks at neither trust, keys nor limits unless it is started to",
  },
];
