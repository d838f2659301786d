import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { type Sandbox } from "../../src/sandbox/index.ts";
import { runTool } from "../fixtures/run-tool.ts";
import { findMirror, startProvider } from "./terraform-provider.fixture.ts";

export interface TerraformRun {
  readonly code: number;
  /** What it said, both ways. */
  readonly text: string;
}

export type Variables = Readonly<Record<string, unknown>>;

/** Terraform at a stack of `terraform/`, in a folder of its own. */
export interface Terraform extends Disposable {
  /** How many resources are written down in the stack. */
  readonly resources: number;
  apply(variables?: Variables): Promise<TerraformRun>;
  /** Ends with 0 for no changes, and with 2 when there are some. */
  plan(variables?: Variables): Promise<TerraformRun>;
  destroy(variables?: Variables): Promise<TerraformRun>;
}

export interface TerraformOptions {
  /** The name of a folder of `terraform/`, or the files themselves by name. */
  readonly stack: string | Readonly<Record<string, string>>;
  /** Where it works. */
  readonly folder: string;
  readonly accountId: string;
  readonly region: string;
}

/** Why tests with Terraform are skipped, or false. */
export async function missingTerraform(): Promise<string | false> {
  const { code } = await run(["version"], { CHECKPOINT_DISABLE: "1" });
  if (code !== 0) return "Terraform is not installed";
  return findMirror() === undefined ? "Terraform's AWS provider is in no folder of this machine" : false;
}

/** Terraform in the hands of an account's administrator; docs/sandbox.md shows the same environment. */
export async function openTerraform(sandbox: Sandbox, options: TerraformOptions): Promise<Terraform> {
  const { stack, folder, accountId, region } = options;
  if (typeof stack === "string") {
    cpSync(fileURLToPath(new URL(`./terraform/${stack}`, import.meta.url)), folder, { recursive: true });
  } else for (const [name, text] of Object.entries(stack)) writeFileSync(join(folder, name), text);
  const { accessKeyId, secretAccessKey } = sandbox.administrator(accountId);
  const environment = {
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    HOME: folder,
    // They end soon, and may keep what they no longer use.
    GOGC: "400",
  };
  const written = globSync(["*.tf", "*.tf.json"], { cwd: folder }).map((name) =>
    readFileSync(join(folder, name), "utf8"),
  );
  using open = new DisposableStack();
  // A provider that is configured twice is one process for each: Terraform starts those by itself.
  const isTwice = written.some((text) => /^\s*alias\b/m.test(text));
  const reach = isTwice
    ? { TF_CLI_CONFIG_FILE: writeSettings(folder) }
    : { TF_REATTACH_PROVIDERS: open.use(await startProvider(environment)).reattach };
  const begin = (...words: readonly string[]) =>
    run([`-chdir=${folder}`, ...words, "-no-color"], { ...environment, ...reach });
  // Most of what Terraform does for a minute is to wait until AWS is sure; it may do so for many things at once.
  const usual = ["-input=false", "-parallelism=30"];
  const begun = await begin("init", "-input=false");
  if (begun.code !== 0) throw new Error(`terraform init ended with ${begun.code}: ${begun.text}`);
  const running = open.move();
  return {
    resources: written.join("\n").match(/^resource "/gm)?.length ?? 0,
    apply: (variables) => begin("apply", "-auto-approve", ...usual, ...given(variables)),
    plan: (variables) => begin("plan", "-detailed-exitcode", ...usual, ...given(variables)),
    destroy: (variables) => begin("destroy", "-auto-approve", ...usual, ...given(variables)),
    [Symbol.dispose]: () => running.dispose(),
  };
}

/** Has Terraform take its providers from this machine. */
function writeSettings(folder: string): string {
  const path = join(folder, "terraform.rc");
  writeFileSync(path, `provider_installation {\n  filesystem_mirror {\n    path = "${findMirror() ?? ""}"\n  }\n}\n`);
  return path;
}

function given(variables: Variables = {}): readonly string[] {
  return Object.entries(variables).map(
    ([name, value]) => `-var=${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

async function run(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<TerraformRun> {
  const { code, stdout, stderr } = await runTool("terraform", words, { environment, timeoutMilliseconds: 240_000 });
  return { code, text: `${stdout}\n${stderr}` };
}
