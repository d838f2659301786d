import { accountIdOf } from "../../base/account-id.ts";
import type { ChainAnswer, OverviewAnswer } from "../../server/index.ts";
import { openClient } from "../client.ts";
import { dataOptions, defineCommand, flagOption } from "../command.ts";
import { integrityOptions, readIntegrityAsk } from "../integrity-request.ts";
import { plural } from "../print/figures.ts";
import { printChains, printOverview, printTrails } from "../print/integrity.ts";

export const integrityCommand = defineCommand({
  name: "integrity",
  summary: "How much of what was delivered is proven by AWS's digests; ends with 1 when a finding is open",
  usage: "",
  options: {
    ...dataOptions,
    ...integrityOptions,
    chains: { type: "boolean", summary: "List every chain of digests, not only those that are overdue" },
    json: { type: "boolean", summary: "Print as JSON, with every chain" },
  },
  examples: [
    "trailwarden integrity",
    "trailwarden integrity --chains --region eu-central-1",
    "trailwarden integrity --account 1111-2222-3333 --from now-30d",
  ],
  async run(args, context) {
    await using client = await openClient(args, context);
    const { verify } = client.api;
    const ask = readIntegrityAsk(args);
    const overview = (await (await client.ok(verify.overview.$get({ query: ask }))).json()) as OverviewAnswer;
    const { chains: all } = (await (await client.ok(verify.chains.$get())).json()) as { chains: ChainAnswer[] };
    const asked = ask.account === undefined ? undefined : accountIdOf(ask.account);
    const chains = all.filter(
      ({ account, region }) => account === (asked ?? account) && region === (ask.region ?? region),
    );
    if (flagOption(args, "json")) {
      await context.terminal.data(`${JSON.stringify({ overview, chains }, undefined, 2)}\n`);
    } else {
      const { columns } = context.terminal;
      const named = flagOption(args, "chains") ? chains : chains.filter(({ isOverdue }) => isOverdue);
      const trails = chains.length === 0 ? "" : `\n${printTrails(chains, columns)}`;
      const listed = named.length === 0 ? "" : `\n${printChains(named, columns)}`;
      await context.terminal.data(`${printOverview(overview)}${trails}${listed}`);
      if (overview.openFindings > 0) {
        context.terminal.talk(`${plural(overview.openFindings, "finding")} open: trailwarden integrity findings`);
      }
    }
    return overview.openFindings > 0 ? 1 : 0;
  },
});
