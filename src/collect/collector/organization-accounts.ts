import { AwsCallError } from "../../aws/index.ts";
import { pauseOrStop } from "../../base/clock.ts";
import type { KnownAccount } from "../../state/index.ts";
import type { SourceContext } from "../sources/source.ts";

const everyMs = 6 * 3_600_000;
/** What stood in the way may be gone. */
const retryMs = 15 * 60_000;
/** An organization has up to some ten thousand accounts; twenty come on a page (Organizations API Reference, "ListAccounts"). */
const pagesMax = 5_000;

export type AccountsContext = Pick<SourceContext, "name" | "aws" | "accounts" | "clock" | "signal">;

/**
 * Keeps the list of accounts current from Organizations, where the source's role may ask; only the management account and
 * delegated administrators may. Ends with the signal.
 */
export async function keepOrganizationAccounts(context: AccountsContext): Promise<void> {
  const { clock, signal } = context;
  while (!signal.aborted) {
    let waitMs = everyMs;
    try {
      await readAccounts(context);
    } catch (error) {
      if (signal.aborted) return;
      // Refused is an answer; anything else may go well another time.
      if (!(error instanceof AwsCallError)) waitMs = retryMs;
    }
    await pauseOrStop(clock, waitMs, signal);
  }
}

async function readAccounts({ name: source, aws, accounts, clock, signal }: AccountsContext): Promise<void> {
  const organizations = await aws.client("organizations");
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const answer = await organizations.call("ListAccounts", token === undefined ? {} : { NextToken: token }, {
      signal,
    });
    const at = clock.now();
    const known = (answer.Accounts ?? []).flatMap(
      ({ Id, Arn = "", Name = "", Email = "", State, Status }): KnownAccount[] => {
        if (Id === undefined) return [];
        const status = State ?? Status ?? "UNKNOWN";
        const organizationId = /:account\/(o-[a-z0-9]+)\//.exec(Arn)?.[1];
        return [{ id: Id, name: Name, email: Email, status, organizationId, source, firstSeenAt: at, seenAt: at }];
      },
    );
    await accounts.keep(known);
    token = answer.NextToken;
    if (token === undefined) return;
  }
}
