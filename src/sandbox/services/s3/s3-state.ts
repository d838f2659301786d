import { type Collection } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";
import { type Bucket } from "./bucket.ts";
import { Uploads } from "./multipart/uploads.ts";
import { ObjectBytes } from "./objects/object-bytes.ts";
import { ObjectIndex } from "./objects/object-index.ts";
import { Sequence } from "./objects/sequence.ts";

/** Everything that lasts of S3: buckets, objects, uploads that are under way, and the bytes. */
export interface S3State {
  readonly world: World;
  readonly buckets: Collection<Bucket>;
  readonly objects: ObjectIndex;
  readonly uploads: Uploads;
  readonly bytes: ObjectBytes;
}

/** Opens what lasts of S3, and removes bytes that were left behind by a program that was killed. */
export async function openS3State(world: World): Promise<S3State> {
  const sequence = new Sequence(world.state);
  const objects = new ObjectIndex(world, sequence);
  const uploads = new Uploads(world, sequence);
  const bytes = new ObjectBytes(world.folder);
  const known = new Set<string>();
  for (const version of objects.all()) {
    if (!version.isDeleteMarker) for (const { file } of version.pieces) known.add(file);
  }
  for (const { piece } of uploads.allParts()) known.add(piece.file);
  await bytes.open((file) => known.has(file));
  return { world, buckets: world.state.collection("s3/buckets"), objects, uploads, bytes };
}
