import { spokenName, type Command } from "./command.ts";

export function printHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    "trailwarden: the open, self-hosted home for AWS CloudTrail",
    "",
    "Usage: trailwarden COMMAND [options]",
    "",
    "Commands:",
    ...commands.map((command) => `  ${spokenName(command).padEnd(width)}  ${command.summary}`),
    "",
    "See trailwarden COMMAND --help for its options and examples",
    "",
  ].join("\n");
}

export function printCommandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => ({
    flag: `${option.short ? `-${option.short}, ` : ""}--${name}${option.value ? ` ${option.value}` : ""}`,
    summary: option.summary,
  }));
  const width = Math.max(0, ...rows.map((row) => row.flag.length));
  return [
    command.summary,
    "",
    `Usage: trailwarden ${spokenName(command)} ${command.usage} [options]`.replace("  ", " "),
    "",
    "Options:",
    ...rows.map((row) => `  ${row.flag.padEnd(width)}  ${row.summary}`),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}
