import { type KnownDifference } from "./known-difference.ts";

export const logsDifferences: readonly KnownDifference[] = [
  {
    case: "logs: a group's name with a sign that it may not have is refused",
    moto: ["taken", "InvalidParameterException 400"],
    why: "moto looks at the length alone",
  },
  {
    case: "logs: a group is described with its ARNs, and kept as long as is said",
    moto: [[["arn:aws:logs:eu-central-1:123456789012:log-group:group:*", 31]], "taken"],
    why: "moto takes any number of days",
  },
  {
    case: "logs: events are put, read in their order, and found by a pattern",
    moto: [
      [
        ["CreateUser", 0],
        ["DeleteUser", 1],
        ["GetUser", 2],
      ],
      ['{"eventName":"DeleteUser"}'],
      ['{"eventName":"CreateUser"}', '{"eventName":"DeleteUser"}', '{"eventName":"GetUser"}'],
    ],
    why: "moto does not read patterns of fields",
  },
  {
    case: "logs: events out of order are refused, and those too old are told",
    moto: ["InvalidParameterException 400", "taken", { tooOldLogEventEndIndex: 1 }],
    why: "moto takes more than 24 hours at once, and counts the last index in; the page has it exclusive",
  },
];
