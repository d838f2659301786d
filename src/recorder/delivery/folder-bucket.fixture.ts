import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type DeliveredObject } from "../outlets.ts";
import { MadeUpOutlets } from "./made-up-outlets.fixture.ts";

/** Keeps objects in a folder, each whole or not at all, as a bucket does. */
export class FolderBucket extends MadeUpOutlets {
  readonly #folder: string;

  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  override async putObject(trail: unknown, object: DeliveredObject): Promise<void> {
    await super.putObject(trail, object);
    await mkdir(this.#folder, { recursive: true });
    const name = createHash("sha256").update(`${object.bucket}/${object.key}`).digest("hex");
    const path = join(this.#folder, name);
    await writeFile(`${path}.new`, JSON.stringify({ ...object, body: Buffer.from(object.body).toString("base64") }));
    await rename(`${path}.new`, path);
  }
}

/** What a folder holds. */
export async function objectsIn(folder: string): Promise<readonly DeliveredObject[]> {
  const names = (await readdir(folder)).filter((name) => !name.endsWith(".new"));
  return Promise.all(
    names.map(async (name) => {
      const object = JSON.parse(await readFile(join(folder, name), "utf8")) as DeliveredObject & { body: string };
      return { ...object, body: Buffer.from(object.body, "base64") };
    }),
  );
}
