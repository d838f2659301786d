import { type KnownDifference } from "./known-difference.ts";

export const kmsDifferences: readonly KnownDifference[] = [
  {
    case: "kms: a new key is symmetric, enabled and its customer's",
    moto: {
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyUsage: null,
      KeyState: "Enabled",
      Enabled: true,
      KeyManager: "CUSTOMER",
      Origin: "AWS_KMS",
      MultiRegion: null,
      AWSAccountId: "123456789012",
      arn: true,
    },
    why: "moto leaves out KeyUsage and MultiRegion",
  },
  {
    case: "kms: a disabled key does nothing until it is enabled",
    moto: ["taken", "Disabled", "taken"],
    why: "moto uses keys whatever their state",
  },
  {
    case: "kms: a key waits for its deletion, and can be kept",
    moto: ["taken", null, "taken", "Disabled"],
    why: "moto uses keys whatever their state, and leaves out the state",
  },
  {
    case: "kms: an alias leads to its key, and is taken once",
    moto: [true, [true], "AlreadyExistsException 400", "taken"],
    why: "moto lets aliases of AWS's own be made",
  },
  {
    case: "kms: a key's policy lets its account in at first, and comes back as it was put",
    moto: [[[{ AWS: "arn:aws:iam::123456789012:root" }, "kms:*"]], 2, "taken"],
    why: "moto reads no policies of keys",
  },
  {
    case: "kms: a key turns each year when asked",
    moto: [false, true, null],
    why: "moto does not tell the period",
  },
  {
    case: "kms: another account does not use a key that does not let it in",
    moto: "NotFoundException 400",
    why: "moto looks for the key in the caller's account",
  },
];
