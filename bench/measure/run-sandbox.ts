/** A made-up AWS in a process of its own, which is told to deliver over IPC; killed as anything may be. */
import { type SandboxAccount, startSandbox } from "../../src/sandbox/index.ts";

const [folder = "", port = "0", ...accountIds] = process.argv.slice(2);
const accounts: readonly SandboxAccount[] = accountIds.map((id) => ({ id, name: `Account ${id}` }));

const sandbox = await startSandbox({
  folder,
  port: Number(port),
  seed: "process",
  accounts,
  regions: ["eu-central-1", "us-east-1"],
  logFileSeconds: 1,
  token: "none",
  onFault: (fault) => process.send?.({ kind: "fault", message: fault instanceof Error ? fault.stack : String(fault) }),
});

process.on("message", (message) => {
  if (message === "deliver") void sandbox.delivery.deliverNow().then(() => process.send?.({ kind: "delivered" }));
  if (message === "stop") void sandbox[Symbol.asyncDispose]().then(() => process.disconnect());
});
process.send?.({
  kind: "started",
  url: sandbox.url,
  credentials: accountIds.map((id) => sandbox.administrator(id)),
});
