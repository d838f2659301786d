import assert from "node:assert/strict";
import { test } from "node:test";
import { awsShellAt, missingAwsCli } from "../../../test/fixtures/aws-cli.ts";
import { AwsCallError, type Credentials } from "../../aws/index.ts";
import type { TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import type { SetupAws } from "../setup-aws.ts";
import { nameOf, type Place } from "./place.ts";
import type { Setting } from "./setting.ts";
import type { SettingName, SettingValues } from "./values.ts";

/** A setting in a made-up AWS of its own: what it belongs to is there, and it is as it is when nobody set it. */
export interface OpenedSetting<Name extends SettingName> {
  readonly sandbox: TestSandbox;
  readonly place: Place;
  /** A place where nothing is; to read there gives nothing. */
  readonly nowhere: Place;
  /** What it says before anything is put; nothing where not given. */
  readonly untouched?: SettingValues[Name];
  /** Values that are put one after the other, each of them over the one before. */
  readonly values: readonly SettingValues[Name][];
  /** What it says when it was taken away; `stays` where it cannot be. */
  readonly takenAway?: { readonly reads: SettingValues[Name] | undefined } | "stays";
  /** What all its commands, and its title, mention; the last part of the ARN where not given. */
  readonly mentioned?: string;
}

export interface SettingContract<Name extends SettingName> {
  readonly setting: Setting<Name>;
  /** Its commands are run too, where the AWS CLI is installed; each takes a second, so not for every setting. */
  readonly runsCommands?: boolean;
  open(): Promise<OpenedSetting<Name>>;
}

/** Registers the tests that every setting must pass. */
export function settingContract<Name extends SettingName>(name: string, contract: SettingContract<Name>): void {
  const { setting } = contract;
  const { get, put } = setting.calls;
  const actions = { get: actionsOf(get), put: actionsOf(put) };
  const all = [...new Set([...actions.get, ...actions.put])];

  test(`${name}: with the permissions that it names, what was put is read back, also when it is put again, over another, and taken away`, async () => {
    await inSandbox(contract, async (opened, aws) => {
      const narrow = await sandboxUser(opened, all);
      const read = () => setting.get(opened.place, narrow);
      assert.equal(await setting.get(opened.nowhere, aws), undefined, "what is not there");
      assert.deepEqual(await read(), opened.untouched);
      for (const { before, after, reads } of changesOf(opened)) {
        await setting.put(opened.place, { before, after }, narrow);
        assert.deepEqual(await read(), reads);
        await setting.put(opened.place, { before, after }, narrow);
        assert.deepEqual(await read(), reads, "put again");
        assert.deepEqual(JSON.parse(JSON.stringify([reads ?? null])), [reads ?? null], "is JSON");
      }
      assertTold(setting, opened);
      assert.deepEqual(opened.sandbox.troubles, []);
    });
  });

  if (contract.runsCommands === true) testCommands(name, contract);
  testPermissions(name, contract, { ...actions, all });
}

/** Every change is also told as commands of the AWS CLI, one a line. */
function assertTold<Name extends SettingName>(setting: Setting<Name>, opened: OpenedSetting<Name>): void {
  const { place, mentioned = nameOf(place) } = opened;
  for (const change of changesOf(opened)) {
    const commands = setting.commands(place, change);
    assert.ok(commands.length > 0);
    for (const command of commands) assert.match(command, /^aws [a-z0-9-]+ [a-z0-9-]+ [ -~]*$/);
    assert.ok(
      commands.every((command) => command.includes(mentioned)),
      commands.join("\n"),
    );
  }
  assert.ok(setting.title(place).includes(mentioned));
}

function testCommands<Name extends SettingName>(name: string, contract: SettingContract<Name>): void {
  const { setting } = contract;
  test(`${name}: its commands do what it does`, async (t) => {
    const missing = await missingAwsCli();
    if (missing !== false) return t.skip(missing);
    await inSandbox(contract, async (opened, aws) => {
      const { place } = opened;
      // To make it, to change it and to take it away: each command takes a second.
      const values = opened.values.slice(0, opened.takenAway === "stays" ? 1 : 2);
      const { sandbox } = opened.sandbox;
      const shell = awsShellAt({ url: sandbox.url, ...sandbox.administrator(place.accountId) });
      // The name of a queue that was deleted is not free at once: nothing is made again.
      for (const { reads, ...change } of changesOf({ ...opened, values }).slice(0, values.length + 1)) {
        for (const command of setting.commands(place, change)) {
          const { code, stderr } = await shell("-c", command);
          assert.equal(code, 0, `${command}: ${stderr}`);
        }
        assert.deepEqual(await setting.get(place, aws), reads);
      }
    });
  });
}

interface Actions {
  readonly all: readonly string[];
  readonly get: readonly string[];
  readonly put: readonly string[];
}

function testPermissions<Name extends SettingName>(
  name: string,
  contract: SettingContract<Name>,
  { all, get, put }: Actions,
): void {
  const { setting } = contract;

  test(`${name}: it is read with the permissions for reading, with none of them missing, and not put with them`, async () => {
    await inSandbox(contract, async (opened, aws) => {
      const [change] = changesOf(opened);
      assert.ok(change);
      const reader = await sandboxUser(opened, get);
      await assert.rejects(setting.put(opened.place, change, reader), isRefused);
      assert.deepEqual(await setting.get(opened.place, reader), opened.untouched);
      await setting.put(opened.place, change, aws);
      assert.deepEqual(await setting.get(opened.place, reader), change.reads);
      for (const missing of get) {
        const narrow = await sandboxUser(
          opened,
          all.filter((action) => action !== missing),
        );
        await assert.rejects(setting.get(opened.place, narrow), isRefused, missing);
      }
    });
  });

  for (const missing of put) {
    test(`${name}: some change is refused without ${missing}`, async () => {
      await inSandbox(contract, async (opened) => {
        const narrow = await sandboxUser(
          opened,
          all.filter((action) => action !== missing),
        );
        await assert.rejects(async () => {
          for (const change of changesOf(opened)) await setting.put(opened.place, change, narrow);
        }, isRefused);
      });
    });
  }
}

interface CheckedChange<Name extends SettingName> {
  readonly before: SettingValues[Name] | undefined;
  readonly after: SettingValues[Name] | undefined;
  /** What is read afterwards. */
  readonly reads: SettingValues[Name] | undefined;
}

/** From untouched to each value, then to nothing, and to a value again. */
function changesOf<Name extends SettingName>(opened: OpenedSetting<Name>): readonly CheckedChange<Name>[] {
  const { values, untouched, takenAway = { reads: undefined } } = opened;
  const put = values.map((after, index) => ({
    before: index === 0 ? untouched : values[index - 1],
    after,
    reads: after,
  }));
  if (takenAway === "stays") return put;
  const [first] = values;
  return [
    ...put,
    { before: values.at(-1), after: undefined, reads: takenAway.reads },
    { before: takenAway.reads, after: first, reads: first },
  ];
}

async function inSandbox<Name extends SettingName>(
  contract: SettingContract<Name>,
  check: (opened: OpenedSetting<Name>, aws: SetupAws) => Promise<void>,
): Promise<void> {
  const opened = await contract.open();
  await using sandbox = opened.sandbox;
  await check(opened, sandboxAws(sandbox));
}

function actionsOf(calls: Setting["calls"]["get"]): string[] {
  return [...new Set(calls.map(({ action }) => action))];
}

function isRefused(error: unknown): boolean {
  return error instanceof AwsCallError && /^(?:AccessDenied|AuthorizationError)/.test(error.code);
}

/** Set-up's way to the made-up AWS: as the administrator of each account, or as who has the credentials. */
export function sandboxAws(sandbox: Pick<TestSandbox, "client">, credentials?: Credentials): SetupAws {
  return {
    client: (service, at) => sandbox.client(service, { ...at, ...(credentials === undefined ? {} : { credentials }) }),
  };
}

let users = 0;

/** As a new user of the place's account who may do just this. */
async function sandboxUser(
  { sandbox, place: { accountId } }: Pick<OpenedSetting<SettingName>, "sandbox" | "place">,
  actions: readonly string[],
): Promise<SetupAws> {
  const iam = await sandbox.client("iam", { accountId });
  users += 1;
  const UserName = `narrow-${users}`;
  await iam.call("CreateUser", { UserName });
  const Statement = { Effect: "Allow", Action: actions, Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.call("PutUserPolicy", { UserName, PolicyName: "just-these", PolicyDocument });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName });
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  return sandboxAws(sandbox, { accessKeyId, secretAccessKey });
}
