import { scryptSync, timingSafeEqual } from "node:crypto";
import { AwsError } from "../../../aws/index.ts";
import { type Login } from "../../identity/things.ts";
import { type Random } from "../../world.ts";

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly allowUsersToChange: boolean;
  readonly maxAgeDays: number | undefined;
  readonly reusePrevention: number | undefined;
  readonly isHardExpiry: boolean | undefined;
}

/** What holds where an account has no policy of its own: IAM User Guide, 'Set an account password policy'. */
const usual = {
  minimumLength: 8,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
};

/** Refuses a password that the account's policy does not take. */
export function checkPassword(password: string, policy: PasswordPolicy | undefined): void {
  const rules = policy ?? usual;
  const wrongs = [
    [password.length < rules.minimumLength, `have a minimum length of ${rules.minimumLength}`],
    [rules.requireSymbols && !/[!@#$%^&*()_+\-=[\]{}|']/.test(password), "have at least one symbol"],
    [rules.requireNumbers && !/\d/.test(password), "have at least one digit"],
    [rules.requireUppercase && !/[A-Z]/.test(password), "have at least one uppercase letter"],
    [rules.requireLowercase && !/[a-z]/.test(password), "have at least one lowercase letter"],
  ].flatMap(([isWrong, what]) => (isWrong === true ? [what] : []));
  if (wrongs.length > 0) {
    throw new AwsError(
      "PasswordPolicyViolation",
      `Password does not conform to the account password policy: should ${wrongs.join(", ")}`,
    );
  }
}

/** Keeps a password so that it can be compared and not read. */
export function keepPassword(
  password: string,
  random: Random,
  rest: Pick<Login, "createdAt" | "changedAt" | "mustReset">,
): Login {
  const salt = random.hex(32);
  return { ...rest, salt, hash: hashOf(password, salt).toString("base64") };
}

/** Whether it is the password that was kept. */
export function isPassword(login: Login, password: string): boolean {
  return timingSafeEqual(hashOf(password, login.salt), Buffer.from(login.hash, "base64"));
}

function hashOf(password: string, salt: string): Buffer {
  return scryptSync(password, salt, 32, { N: 1024 });
}
