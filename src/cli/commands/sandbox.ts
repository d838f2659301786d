import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { accountIdOf } from "../../base/account-id.ts";
import { defaultSandboxDirectory, defaultSandboxPort } from "../../config/index.ts";
import { defineCommand, flagOption, stopped, textOption, type Arguments, type CommandContext } from "../command.ts";
import { CommandError } from "../errors.ts";
import { printEnvironment, sandboxRegions } from "../print/sandbox-environment.ts";

export const sandboxCommand = defineCommand({
  name: "sandbox",
  summary: "Run a made-up AWS on this machine, whose CloudTrail records every call",
  usage: "",
  options: {
    data: { type: "string", value: "DIR", summary: `Folder that it lasts in (default ./${defaultSandboxDirectory})` },
    port: {
      type: "string",
      short: "p",
      value: "PORT",
      summary: `Port on 127.0.0.1 (default ${defaultSandboxPort}; 0 takes a free one)`,
    },
    account: {
      type: "string",
      value: "ID",
      summary: "Account whose environment is printed (default the first)",
    },
    accounts: { type: "string", value: "IDS", summary: "Account numbers, with commas (default a company of four)" },
    region: { type: "string", value: "REGION", summary: `Region of the environment (default ${sandboxRegions[0]})` },
    speed: { type: "string", value: "TIMES", summary: "How many of its seconds pass in one (default 1)" },
    "files-every": { type: "string", value: "SECONDS", summary: "How often log files are written (default 300)" },
    "digests-every": { type: "string", value: "SECONDS", summary: "How often digests are written (default 3600)" },
    seed: { type: "string", value: "TEXT", summary: "Names and numbers follow from it" },
    company: { type: "boolean", summary: "A made-up company works in it, and is attacked now and then" },
    json: { type: "boolean", summary: "Say where it is as one line of JSON" },
  },
  examples: [
    "trailwarden sandbox",
    "trailwarden sandbox --speed 60 --files-every 60",
    "trailwarden sandbox --accounts 111122223333,444455556666 --port 0 --json",
  ],
  async run(args, context) {
    // Brought in when it is wanted: the other commands start sooner without it.
    const sandboxes = await import("../../sandbox/index.ts");
    const folder = resolve(context.workingDirectory, textOption(args, "data") ?? defaultSandboxDirectory);
    const running = await sandboxes.readSandboxFile(folder);
    if (running !== undefined) {
      throw new CommandError(`A sandbox runs on ${folder} already, at ${running.url}`, {
        code: "sandbox-running",
        fault: "user",
        help: "See its keys with trailwarden sandbox show, or name another folder with --data",
      });
    }
    const accounts =
      readAccounts(textOption(args, "accounts")) ?? sandboxes.madeUpAccounts.map(({ id, name }) => ({ id, name }));
    const seed = textOption(args, "seed") ?? "trailwarden";
    const token = randomBytes(32).toString("base64url");
    const region = textOption(args, "region") ?? sandboxRegions[0] ?? "";
    const trouble = (what: string, error: unknown) =>
      context.terminal.talk(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    await using sandbox = await sandboxes.startSandbox({
      folder,
      port: readNumber(args, "port", 0, 65_535) ?? defaultSandboxPort,
      seed,
      accounts,
      regions: sandboxRegions,
      token,
      onFault: (error) => trouble("The sandbox", error),
      ...given("speed", readNumber(args, "speed", 0, 100_000)),
      ...given("logFileSeconds", readNumber(args, "files-every", 1, 86_400)),
      ...given("digestSeconds", readNumber(args, "digests-every", 1, 86_400)),
    });
    const hasCompany = flagOption(args, "company");
    if (hasCompany && textOption(args, "accounts") !== undefined) throw companyAndAccounts();
    const collection = hasCompany ? await sandboxes.ensureCollectionWiring(sandbox) : undefined;
    const file = {
      url: sandbox.url,
      token,
      processId: process.pid,
      region,
      accounts: accounts.map((account) => ({ ...account, ...sandbox.administrator(account.id) })),
      ...(collection === undefined ? {} : { collection }),
    };
    await sandboxes.writeSandboxFile(folder, file);
    await using _ = { [Symbol.asyncDispose]: () => sandboxes.removeSandboxFile(folder) };
    if (flagOption(args, "json")) await context.terminal.data(`${JSON.stringify(file)}\n`);
    else {
      await context.terminal.data(printEnvironment(file, textOption(args, "account")));
      talkOfIt(context, folder);
    }
    const { signal } = context;
    if (hasCompany) await sandboxes.liveCompany(sandbox, { folder, seed, signal, onTrouble: trouble });
    await stopped(signal);
    return 0;
  },
});

function talkOfIt({ terminal }: CommandContext, folder: string): void {
  terminal.talk("");
  terminal.talk("The sandbox runs. In another terminal:");
  terminal.talk(`  eval "$(trailwarden sandbox show --data ${folder})"`);
  terminal.talk("  aws sts get-caller-identity");
  terminal.talk("Press Ctrl-C to stop; what is in it stays");
}

function companyAndAccounts(): CommandError {
  return new CommandError("The company has accounts of its own", {
    code: "arguments-invalid",
    fault: "user",
    help: "Leave out --accounts or --company",
  });
}

function readAccounts(text: string | undefined): readonly { id: string; name: string }[] | undefined {
  if (text === undefined) return undefined;
  const ids = [...new Set(text.split(",").map((id) => accountIdOf(id)))];
  const wrong = ids.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) {
    throw new CommandError(`${wrong || "An empty word"} is no account number`, {
      code: "arguments-invalid",
      fault: "user",
      help: "Write twelve digits each, with commas between them",
    });
  }
  return ids.map((id) => ({ id, name: `Account ${id}` }));
}

function readNumber(args: Arguments, name: string, least: number, most: number): number | undefined {
  const text = textOption(args, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() !== "" && number >= least && number <= most) return number;
  throw new CommandError(`--${name} ${text} is not a number from ${least} to ${most}`, {
    code: "arguments-invalid",
    fault: "user",
    help: "See trailwarden sandbox --help",
  });
}

function given<Name extends string>(name: Name, value: number | undefined): Partial<Record<Name, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>);
}
