import { readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";

/** What the figures were taken on, in one line. */
export function describeMachine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const engine = [versionOf("chdb"), versionOf(`@chdb/lib-${process.platform}-${process.arch}-gnu`)]
    .filter((version) => version !== undefined)
    .join(" with ");
  return [
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`,
    memory,
    `${process.platform} ${process.arch}`,
    `node ${process.versions.node}`,
    engine,
  ].join(" · ");
}

function versionOf(name: string): string | undefined {
  try {
    const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    const { version }: { readonly version: string } = JSON.parse(readFileSync(file, "utf8"));
    return `${name} ${version}`;
  } catch {
    return undefined;
  }
}
