import { type ServiceName } from "../../aws/index.ts";
import { agents, cliAgent } from "../made-up-events/agents.ts";

/** What actors call AWS with. */
export type Tool =
  | "boto"
  | "chrome"
  | "cli-on-github"
  | "cli-on-linux"
  | "cli-on-mac"
  | "edge"
  | "firefox"
  | "go"
  | "java"
  | "node"
  | "safari"
  | "terraform";

const [chrome, edge, firefox, safari] = agents.browsers;

const templates: Readonly<Record<Tool, string>> = {
  boto: agents.boto,
  chrome,
  "cli-on-github": cliAgent("github"),
  "cli-on-linux": cliAgent("linux"),
  "cli-on-mac": cliAgent("mac"),
  edge,
  firefox,
  go: agents.goSdk,
  java: agents.javaSdk,
  node: agents.nodeSdk,
  safari,
  terraform: agents.terraform,
};

/** The user agent of a tool at one operation, as the real program writes it. */
export function userAgentOf(tool: Tool, service: ServiceName, operation: string): string {
  const command = operation.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return templates[tool]
    .replace("@API", service)
    .replace("@COMMAND", `${service === "s3" ? "s3api" : service}.${command}`);
}

/** What a tool calls itself where no operation is named: browsers at the sign-in page. */
export function browserOf(tool: Tool): string {
  return templates[tool];
}
